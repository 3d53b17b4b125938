"""A file is seen by whoever may see the case it belongs to; the flow that serves it asks that room first."""

PURPOSES = ("before", "after", "paper")
