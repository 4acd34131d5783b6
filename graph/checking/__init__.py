"""Holding a built graph against its shapes, and counting what it does not say."""
