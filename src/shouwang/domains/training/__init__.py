"""Training (教育培训): which lessons somebody passed, of their own will; nobody is timed, ranked or counted by name."""
