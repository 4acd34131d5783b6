"""The web application: explorer pages and the SPARQL endpoint, on this computer only.

:func:`~exports.serve.app.create_app` makes the application and
:func:`~exports.serve.app.serve` runs it; :mod:`exports.serve.listening` says where.
"""

from exports.serve.app import create_app, serve

__all__ = ["create_app", "serve"]
