"""Wires in and out, one process each."""
