"""One module for each kind of thing that is read from a decision."""
