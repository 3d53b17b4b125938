"""函件: the letters of an office and those that came to it."""
