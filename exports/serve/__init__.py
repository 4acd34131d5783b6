"""The web application: explorer pages and the SPARQL endpoint, on this computer only.

:func:`~exports.serve.app.create_app` makes the application and
:func:`~exports.serve.app.serve` runs it; :mod:`exports.serve.listening` says where. Imports run
one way through its folders:

- :mod:`~exports.serve.counts`: what is counted;
- :mod:`~exports.serve.files`: what can be had in place of a page;
- :mod:`~exports.serve.site`: what every page shares;
- :mod:`~exports.serve.charts`: numbers as drawings;
- :mod:`~exports.serve.decision`, :mod:`~exports.serve.explore`, :mod:`~exports.serve.pages` and
  :mod:`~exports.serve.sparql`: the pages, by what they are about, and the endpoint;
- :mod:`~exports.serve.app`: which address is answered by which.
"""

from exports.serve.app import create_app, serve

__all__ = ["create_app", "serve"]
