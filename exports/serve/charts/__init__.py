"""Numbers as drawings: where bars, boxes and bands stand in an SVG that a template writes."""
