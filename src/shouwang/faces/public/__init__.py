"""Public page (公众端): whom to call, and how a report stands, for anybody who holds its code."""
