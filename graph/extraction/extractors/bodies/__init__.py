"""Outside bodies by the part they have."""
