"""Exports as tables: CSV, JSON Lines, Parquet, SQLite and Excel.

What the tables are is told in :mod:`exports.tables.tabulation`; each format is one module
beside it.
"""
