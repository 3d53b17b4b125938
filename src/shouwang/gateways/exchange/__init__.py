"""Alarms go to platforms of other levels (报警外送): signed, in order, until each gives its receipt."""
