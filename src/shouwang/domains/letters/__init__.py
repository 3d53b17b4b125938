"""The letters of an office (函件): drafted, approved, numbered, received, answered, closed."""
