"""Template words of the faces."""
