"""Phone (手机端) of grid members and stations."""
