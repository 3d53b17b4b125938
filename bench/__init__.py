"""Benchmarks: budgets beside the floor of the same run. Never part of the tests."""
