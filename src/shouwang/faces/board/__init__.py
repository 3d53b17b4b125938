"""Board (看板): the county page with its numbers."""
