"""Golden Thread: reads police plan reports into a graph and answers questions about them."""
