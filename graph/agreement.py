"""What the reasoner finds in the ontology and in each report, and whether the rules found the same.

Both say who belongs to the defined classes (ontology/definitions.ttl); neither knows the other's way.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from graph import queries
from graph.namespaces import BASE, key_of
from graph.reasoning import Conclusions, Pair, Triple, contradiction, defined_classes, reason
from graph.stores.base import Store


@dataclass(frozen=True, slots=True)
class Agreement:
    """What both ways found of one report; members are pairs of individual and class."""

    report: URIRef
    reasoned: Conclusions
    assertions: int
    """How many triples of this report, and of what it names, the reasoner was given."""
    classes: tuple[URIRef, ...]
    """The defined classes."""
    by_axiom: frozenset[Pair]
    by_rule: frozenset[Pair]
    rules_seconds: float
    """How long all rules take for this report, run once more and not kept."""
    conflict: tuple[Triple, ...]
    """Where what the report says cannot all be true: a least set of triples that shows it."""


@dataclass(slots=True)
class Findings:
    """What was found, line by line as a person reads it."""

    results: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def assertions(store: Store, report: Node) -> tuple[Triple, ...]:
    """Return what ``report`` says as triples between individuals, memberships in defined classes left out."""
    rows = store.select(queries.fill(queries.page("assertions"), {"report": [report]})).rows
    return tuple((s, p, o) for s, p, o in rows if s is not None and p is not None and o is not None)


def memberships(store: Store, report: Node) -> dict[Pair, str]:
    """Return the memberships that rules derived from ``report``, each with what the member is called for short."""
    rows = store.select(queries.fill(queries.page("memberships"), {"report": [report]})).rows
    return {
        (URIRef(str(member)), URIRef(str(class_))): str(notation or name) for class_, member, name, notation, _ in rows
    }


def agreement(store: Store, report: URIRef, ontology: Graph) -> Agreement:
    """Reason over ``report``, beside what the rules derived from it. Raises: as ``reason``."""
    given = assertions(store, report)
    found = reason(ontology, given)
    classes = defined_classes(ontology)
    # What has two addresses is a member under both; it is counted under the one that names the other.
    first = {URIRef(str(o)): URIRef(str(s)) for s, p, o in given if p == OWL.sameAs}
    return Agreement(
        report=report,
        reasoned=found,
        assertions=len(given),
        classes=classes,
        by_axiom=frozenset((first.get(member, member), c) for member, c in found.memberships if c in classes),
        by_rule=frozenset(memberships(store, report)),
        rules_seconds=_time_rules(store, report),
        conflict=() if found.consistent else contradiction(ontology, given),
    )


def _time_rules(store: Store, report: URIRef) -> float:
    started = time.perf_counter()
    for rule in queries.rules().values():
        store.construct(queries.fill(rule, {"report": [report]}))
    return time.perf_counter() - started


def check_by_reasoning(
    store: Store | None, ontology: Graph, progress: Callable[[str], None] = lambda _: None
) -> Findings:
    """Reason over the ontology, then over each report of ``store``, if one is given, in order of address.

    Raises: as ``reason``.
    """
    findings = Findings()
    progress("reasoning over the ontology")
    alone = reason(ontology)
    _tell_ontology(findings, alone, ontology)
    if store is None or not alone.consistent:
        return findings
    reports = {str(row["report"]): None for row in store.select(queries.page("reports").sparql).dicts()}
    for report in sorted(reports):
        progress(f"reasoning over {key_of(report)}")
        _tell_report(findings, agreement(store, URIRef(report), ontology), memberships(store, URIRef(report)))
    return findings


def _tell_ontology(findings: Findings, found: Conclusions, ontology: Graph) -> None:
    if not found.consistent:
        findings.faults.append("ontology: it contradicts itself")
        return
    classes = [c for c in set(ontology.subjects(RDF.type, OWL.Class)) if isinstance(c, URIRef)]
    without = f"{len(found.unsatisfiable)} of {len(classes)} classes unsatisfiable"
    findings.results.append(f"ontology: consistent; {without}; HermiT {found.seconds:.1f} s")
    findings.faults += [f"ontology: {_short(c)} can have no member" for c in found.unsatisfiable]
    stated = {(c, above) for c in classes for above in ontology.transitive_objects(c, RDFS.subClassOf)}
    for class_, above in sorted(found.hierarchy - stated):
        findings.results.append(f"  not stated, and follows: {_short(class_)} is below {_short(above)}")


def _tell_report(findings: Findings, found: Agreement, names: dict[Pair, str]) -> None:
    name = key_of(found.report)
    if not found.reasoned.consistent:
        findings.faults.append(f"{name}: this cannot all be true: {'; '.join(_spelt(found.conflict))}")
        return
    times = f"HermiT {found.reasoned.seconds:.1f} s, rules {found.rules_seconds:.2f} s"
    findings.results.append(f"{name}: consistent; {found.assertions} assertions; {times}")
    for class_ in found.classes:
        by_axiom, by_rule = ({pair for pair in way if pair[1] == class_} for way in (found.by_axiom, found.by_rule))
        both = by_axiom & by_rule
        members = ", ".join(sorted(names[pair] for pair in both)) or "none"
        findings.results.append(f"  {_short(class_)}, {len(by_axiom)} by axiom, {len(by_rule)} by rule: {members}")
        for member, _ in sorted(by_axiom - both):
            findings.faults.append(f"{name}: {_short(member)} is in {_short(class_)} by axiom, and by no rule")
        for member, _ in sorted(by_rule - both):
            findings.faults.append(f"{name}: {_short(member)} is in {_short(class_)} by a rule, and by no axiom")


def _spelt(triples: Iterable[Triple]) -> Iterator[str]:
    for triple in triples:
        yield " ".join(_short(term) for term in triple)


def _short(term: Node) -> str:
    """Return an individual of ours as kind and key, a term of any vocabulary as its last part."""
    return str(term).removeprefix(BASE) if str(term).startswith(BASE) else key_of(str(term))
