"""What the duties room announces: nothing yet; it reads evidence and writes verdicts."""
