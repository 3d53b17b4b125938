"""Duties (职责): where each body stands with each duty, judged from evidence only."""
