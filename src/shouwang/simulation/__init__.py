"""Two seeded months of life, driven through the same flows people use."""
