"""Counts by state and area of a whole prefecture, exact while deltas wait, beside counting the rows again."""
