"""Areas (辖区): the jurisdiction tree by code."""
