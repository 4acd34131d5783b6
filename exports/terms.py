"""Terms of the ontology as nodes, edges and attributes of the graph formats.

The tables of :mod:`exports.projector`: which classes are nodes and of what kind, which
properties are edges and in what words, and how attributes are named.
"""

from __future__ import annotations

from graph.triples.authority import AUTHORITY_CLASSES

KINDS = {
    "Council": "council",
    "Complaint": "complaint",
    "ComplaintPart": "complaint part",
    "Complainant": "complainant",
    "Decision": "decision",
    "Finding": "finding",
    "Injustice": "injustice",
    "Remedy": "remedy",
    "Reason": "reason",
    "Citation": "citation",
    "UnreadMention": "unread mention",
    "Provision": "law",
    "Legislation": "law",
    "Guidance": "guidance",
    "CourtCase": "court case",
    "ExternalBody": "body",
    "Investigation": "investigation",
    "Authority": "authority",
}
"""Class of the ontology to kind of node, the most telling class first."""

AUTHORITY_KINDS = {
    class_: kind
    for kind, class_ in AUTHORITY_CLASSES.items()
    if class_ not in ("Authority", "Council")
}
"""Class to kind of authority, such as ``care-provider``."""

LINKS = {
    "against": "is against",
    "decidedBy": "was decided by",
    "hasPart": "has the part",
    "followsFrom": "follows from",
    "investigatedIn": "was investigated in",
    "complainant": "was brought by",
    "suffered": "suffered",
    "hasFinding": "found",
    "hasInjustice": "found",
    "hasRemedy": "led to",
    "hasReason": "gave the reason",
    "hasCitation": "cites",
    "hasUnreadMention": "holds an unread mention",
    "decides": "decides",
    "faultBy": "is fault by",
    "causedInjustice": "caused",
    "engages": "engages",
    "remedies": "puts right",
    "owedBy": "is owed by",
    "restsOn": "rests on",
    "eli:is_part_of": "is part of",
    "successor": "was succeeded by",
    "citesAsJurisdiction": "cites as its powers",
    "citesAsSubstantive": "cites",
    "citesGuidance": "cites the guidance",
    "citesCase": "cites the case",
    "category": "is about",
    "subcategory": "is about",
    "faultType": "is of the type",
    "injusticeType": "is of the type",
    "remedyType": "is of the type",
    "reasonType": "is of the type",
    "sharedWith": "was shared with",
    "signpostsTo": "points to",
    "betterPlaced": "says better placed is",
    "appealRightTo": "names a right of appeal to",
    "involves": "involves",
}
"""Property to the words of its edge, read from source to target."""

TYPES = {
    "faultType": "fault type",
    "injusticeType": "injustice type",
    "remedyType": "remedy type",
    "reasonType": "reason type",
    "category": "category",
    "subcategory": "category",
}
"""Properties whose concept is a node, with the kind of that node."""

FOLDED = ("hasInvolvement", "sharedWith", "signpostsTo", "betterPlaced", "appealRightTo")
SKIPPED = {
    *("type", "rdfs:label", "evidencedBy", "hasParagraph", "involves", "citesGuidance"),
    *("citesAsJurisdiction", "citesAsSubstantive", "cites", "amount", "total"),
    *("start", "end", "authorityName", *FOLDED),
}

NAMES = {
    "citationRole": "citation_role",
    "councilType": "council_type",
    "documentType": "document_type",
    "dueBasis": "due_basis",
    "dueDate": "due_date",
    "dueText": "due_text",
    "guidanceId": "guidance_id",
    "inForceFrom": "in_force_from",
    "inForceTo": "in_force_to",
    "legislationId": "legislation_id",
    "partText": "text",
    "period": "per",
    "periodCount": "count",
    "rawText": "text",
    "satisfiedOn": "satisfied_on",
    "sourceHash": "source_hash",
    "wordingHash": "wording_hash",
    "sourceName": "source_name",
}
