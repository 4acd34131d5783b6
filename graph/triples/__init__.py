"""Records, registers and the dataset as RDF."""
