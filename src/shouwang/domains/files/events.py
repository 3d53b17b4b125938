"""What the files room announces: nothing of its own; a file becomes known through the act that encloses it."""
