"""What may be said about a decision: the model, the ontology and its registers.

``model`` holds the record as frozen values, ``record`` turns it into JSON and
back, ``vocabulary`` reads the controlled lists, ``namespace`` and ``prefixes``
name the RDF terms, ``validate`` checks a graph against the shapes. Importing
the package itself loads none of them: rdflib costs more time than most commands.
"""

__all__: list[str] = []
