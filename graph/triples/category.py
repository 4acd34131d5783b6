"""IRIs of the subject that a decision's page prints."""

from __future__ import annotations

from ontology import iri as mint
from ontology.model import Decision


def category_iris(decision: Decision) -> tuple[str | None, str | None]:
    """The IRIs of the category and of the subcategory; None for what the page does not print."""
    category = decision.category
    if not category.name:
        return None, None
    name = mint.slug(category.name.replace("'", "-").replace("’", "-"))
    both = f"{name}/{mint.slug(category.subcategory)}" if category.subcategory else None
    return (
        mint.concept("category", name),
        mint.concept("category", both) if both else None,
    )
