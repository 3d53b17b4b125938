"""Volunteers (志愿力量): groups of neighbours, who is in them, calls to help and who comes, rolls of drills."""
