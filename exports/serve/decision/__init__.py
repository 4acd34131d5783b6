"""One decision: its page, with the text and what was read from it."""
