"""The ground: codes, ids, places, working days, digests and proofs; no framework, no clock, no dice."""
