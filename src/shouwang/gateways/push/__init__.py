"""Operators' platforms push alarms here over HTTP (平台推送接入): signed, kept, and only then answered."""
