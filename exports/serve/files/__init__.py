"""What can be had in place of a page: its rows, its statements and its graph."""
