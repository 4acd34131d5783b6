"""The RDF formats: what the store holds, statement by statement.

Named graphs go out one after the other, sorted within, so that memory stays small and the
same graph gives the same bytes. Oxigraph's own serialisers write.
"""
