"""Phone (手机端): report a hazard in three taps, follow it, do what is mine to do."""
