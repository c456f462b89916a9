"""The commands of ``goldenthread``: a module for each pair that belongs together, in the order ``--help`` lists them.

A module has ``add``, which says the name, the help and the options of its commands, and a function for each that
calls one function of ``graph`` and prints. Reasons for a failure are raised, never printed: ``graph.__main__``
turns them into one line and an exit status.
"""

from . import ask, audit, build, compare, english, explain, force, keep, mcp, pack, read, serve, why

COMMANDS = (build, read, english, ask, explain, audit, compare, pack, why, keep, force, serve, mcp)
