"""辖区: the tree of areas over time, who covers them, and the acts that change it."""
