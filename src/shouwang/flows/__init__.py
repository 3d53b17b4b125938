"""Stories: one file each, the only place where rooms meet."""
