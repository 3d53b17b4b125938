"""Shouwang 守望: grassroots fire-safety governance, from the household grid to the prefecture."""
