"""The tables that go between 12345 and the house (12345对接): the same columns as CSV, Excel and JSON."""
