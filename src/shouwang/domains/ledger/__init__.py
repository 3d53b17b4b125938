"""Ledger (存证账): every act one line, what it proves, and the totals it moves."""
