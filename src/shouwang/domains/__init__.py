"""The rooms: tables, acts and lists, one Django app each."""
