"""Yearly plans (年度计划): page, item, acts, paper and table."""
