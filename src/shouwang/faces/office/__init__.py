"""Office (办公端)."""
