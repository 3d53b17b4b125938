"""People (人员): accounts, posts, terms and sign-in."""
