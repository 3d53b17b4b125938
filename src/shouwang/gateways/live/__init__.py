"""Live screens (实时推送): one process that follows signals into alarms and tells open pages that there is news."""
