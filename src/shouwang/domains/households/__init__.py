"""Households (住户): homes by their door mark, and the sealed register of people at risk (重点人员)."""
