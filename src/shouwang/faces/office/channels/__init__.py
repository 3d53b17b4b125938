"""Channels of an office (通知渠道): where word of alarms goes besides these pages, and whether it arrived."""
