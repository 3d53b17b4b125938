"""Adoptions (参数采纳): which values a place decided on, under which document, from which day."""
