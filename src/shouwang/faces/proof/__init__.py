"""Proofs (存证): a line of the ledger, explained, downloadable, checkable by a stranger."""
