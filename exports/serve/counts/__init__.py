"""What is counted: the decisions of a graph selected, counted, compared and summed.

Nothing here knows of requests or pages. A :class:`~exports.serve.counts.casebook.Casebook` holds
every decision as one bit; :class:`~exports.serve.counts.figures.Figures` asks it for numbers.
"""
