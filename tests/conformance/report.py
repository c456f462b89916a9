"""What the suites found, as a page of the documents and as EARL (https://www.w3.org/TR/EARL10-Schema/)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from graph.statements import VERSION
from tests.conformance.suites import FAILED, INAPPLICABLE, PASSED, READ_ONLY, UPDATES, Outcome

_PARTS: tuple[tuple[str, Callable[[Outcome], bool]], ...] = (
    ("Protocol: queries", lambda o: o.test.suite == "protocol" and "query" in o.test.iri.split("#")[1].split("_")),
    ("Protocol: queries", lambda o: o.test.iri.endswith("#bad_multiple_queries")),
    ("Protocol: bad updates", lambda o: o.test.suite == "protocol" and "#bad_" in o.test.iri),
    ("Protocol: updates", lambda o: o.test.suite == "protocol"),
    ("Service description", lambda o: o.test.suite == "service-description"),
    ("Results formats", lambda o: o.test.suite in {"csv-tsv-res", "json-res"}),
    ("Update language", lambda o: o.test.suite in UPDATES),
    ("Syntax: invalid queries", lambda o: o.test.kind.startswith("NegativeSyntax")),
    ("Syntax: valid queries", lambda o: o.test.kind.startswith("PositiveSyntax")),
    ("Graph store", lambda o: o.test.suite == "graph-store-protocol"),
    ("Entailment regimes", lambda o: o.test.suite == "entailment"),
    ("Federated queries", lambda o: o.test.suite == "service"),
    ("Query evaluation", lambda _: True),
)
ORDER = (
    *("Protocol: queries", "Protocol: bad updates", "Protocol: updates", "Service description", "Results formats"),
    *("Query evaluation", "Syntax: valid queries", "Syntax: invalid queries", "Graph store", "Entailment regimes"),
    *("Federated queries", "Update language"),
)
HOW = """# Conformance

What the test suites of the W3C's SPARQL working group find when they are run, over HTTP, against a server that
`goldenthread serve` started. Written by

    make conformance

which also writes [conformance.ttl](conformance.ttl), the same in EARL, and needs the suites, which are not part of this
repository (CONTRIBUTING says where it looks for shared data). A test holds this page against a run.

- The data of the tests are named graphs of one store; each request says which of them make up its dataset, so the
  protocol is tried with every query. Rows are compared in any order, blank nodes under any name, numbers by value.
- *Passed*: answered as expected. *Refused*: asks for what this service does not do, and was refused with 4xx, as the
  protocol asks of a service that does not do it. *Missed*: anything else.
- Of the graph store, each state in which a test reads a graph is there from the start, as nothing can be written. Left
  out are the older suite, which calls itself deprecated in favour of this one, and graphs at addresses below the
  service's own (direct identification), of which there are none.
- Each query was sent with a `BASE`, as what is relative in it is relative to its file.
"""


def part(outcome: Outcome) -> str:
    """Return the part of the report that an outcome belongs to."""
    return next(name for name, belongs in _PARTS if belongs(outcome))


def page(outcomes: Sequence[Outcome]) -> str:
    """Return the page."""
    lines = [HOW, "| part | tests | passed | refused | missed |", "| --- | ---: | ---: | ---: | ---: |"]
    for name in ORDER:
        counts = Counter(o.outcome for o in outcomes if part(o) == name)
        row = (sum(counts.values()), counts[PASSED], counts[INAPPLICABLE], counts[FAILED])
        lines.append(f"| {name} | {' | '.join(map(str, row))} |")
    missed = [o for o in outcomes if o.outcome == FAILED]
    lines += ["", "## Missed", ""]
    lines += [f"- {_named(o)}: {o.reason}" for o in missed] or ["None."]
    lines += ["", "## Refused", ""]
    refused = sorted((o for o in outcomes if o.outcome == INAPPLICABLE), key=lambda o: (ORDER.index(part(o)), o.reason))
    for (name, reason), group in groupby(refused, key=lambda o: (part(o), o.reason)):
        found = list(group)
        # Of the update language nothing is offered: all its tests would only be a long list.
        listed = "" if reason == READ_ONLY and name == "Update language" else f": {', '.join(map(_named, found))}"
        lines.append(f"- {name}, {len(found)}: {reason}{listed}")
    return "\n".join(lines) + "\n"


def _named(outcome: Outcome) -> str:
    suite, name = outcome.test.suite, outcome.test.iri.rsplit("#", 1)[-1]
    return (
        f"`{name}`" if suite in {"protocol", "graph-store-protocol", "entailment", "service"} else f"`{suite}/{name}`"
    )


def earl(outcomes: Iterable[Outcome]) -> str:
    """Return the outcomes as EARL in Turtle, one assertion a line."""
    lines = [
        "@prefix earl: <http://www.w3.org/ns/earl#> .",
        "@prefix doap: <http://usefulinc.com/ns/doap#> .",
        "@prefix dct: <http://purl.org/dc/terms/> .",
        "",
        f'<urn:x-goldenthread:{VERSION}> a doap:Project, earl:Software, earl:TestSubject ; doap:name "Golden Thread" .',
        "",
    ]
    for outcome in outcomes:
        said = f' ; dct:description "{outcome.reason.translate(_QUOTED)}"' if outcome.reason else ""
        lines.append(
            f"[] a earl:Assertion ; earl:mode earl:automatic ; earl:subject <urn:x-goldenthread:{VERSION}> ; "
            f"earl:test <{outcome.test.iri}> ; "
            f"earl:result [ a earl:TestResult ; earl:outcome earl:{outcome.outcome}{said} ] ."
        )
    return "\n".join(lines) + "\n"


_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": " "})
