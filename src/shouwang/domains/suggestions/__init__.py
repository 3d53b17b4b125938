"""Suggestions and complaints about the system itself (意见建议), from every face, and what was answered."""
