"""Devices in the office (设备): what hangs where, what speaks and is not known, an operator's list."""
