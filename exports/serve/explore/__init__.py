"""Following links step by step from one thing: the page, what it shows and why."""
