"""Audit packs: an answer in one file with all it rests on, that anybody can have checked against the reports.

``content`` gathers what a pack holds, ``file`` writes it as a page with the data inside and reads such a page again,
``verify`` asks the same of a store and says what differs (docs/adr/0021-audit-packs.md).
"""
