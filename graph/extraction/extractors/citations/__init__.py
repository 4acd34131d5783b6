"""Legislation, guidance, cases and other decisions that are named."""
