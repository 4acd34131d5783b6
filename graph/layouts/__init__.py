"""The forms in which decisions arrive, cut into header, sections, paragraphs and items."""
