"""Hazards (隐患): cases, their transitions and who is summoned."""
