"""Platforms of other levels in the office (对接平台): who is connected, and what was exchanged."""
