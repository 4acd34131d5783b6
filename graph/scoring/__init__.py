"""How right extraction is, measured against annotation made by hand."""
