"""Sentences written and labelled for the project, and the making of models from them."""
