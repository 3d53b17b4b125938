"""Ledger (台账链): every act one line, what it proves, and the totals it moves."""
