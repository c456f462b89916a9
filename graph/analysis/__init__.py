"""What the links add up to as a network (networkx)."""
