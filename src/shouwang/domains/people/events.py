"""What the people room announces: nothing that duties read yet."""
