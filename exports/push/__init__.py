"""The graph sent to a triple store on the web: SPARQL 1.1 Graph Store or Update.

:func:`push` makes the named graphs at an address those of the graph here: what changed
since the last time is sent, what is gone is removed, and nothing else there is touched.
"""

from exports.push.pusher import push
from exports.push.refusal import PushError, Unusable
from exports.push.tally import Amount, Tally

__all__ = ["Amount", "PushError", "Tally", "Unusable", "push"]
