"""Where SPARQL from outside runs: processes that can reach no network, take no more than their share, and be killed.

``pool`` keeps them and speaks to them over ``wire``; ``worker`` is what runs in each, held by ``confine``. Reasons:
docs/adr/0015-queries-from-outside.md.
"""
