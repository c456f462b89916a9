"""Loads the ontology and vocabularies: as named graphs for a store, and as the lexicon of extraction."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from rdflib import ORG, RDF, SKOS, BNode, Graph, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from graph.errors import VocabularyError
from graph.model import Force, Kind, Term, Vocabulary
from graph.namespaces import GEO, GT, QUDT, at_home, graph_name, key_of, mint, slug

FOLDER = Path(__file__).resolve().parent.parent / "ontology"

_CLASSES: dict[URIRef, Kind] = {
    GT.Partner: Kind.PARTNER,
    GT.PoliceUnit: Kind.UNIT,
    GT.Theme: Kind.THEME,
    GT.Place: Kind.PLACE,
    GT.District: Kind.DISTRICT,
    GT.LocalPolicingArea: Kind.AREA,
    GT.PolicingArea: Kind.AREA,
    GT.Programme: Kind.PROGRAMME,
}


def parse(path: Path) -> Graph:
    """Read a Turtle file. Raises: VocabularyError naming file, line and reason."""
    graph = Graph()
    try:
        graph.parse(data=at_home(path.read_text(encoding="utf-8")), format="turtle")
    except BadSyntax as error:
        raise VocabularyError(f"{path}:{error.lines + 1}: {error.message}") from error
    except (ParserError, OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: {error}") from error
    return graph


def files(folder: Path = FOLDER, forces: Path | None = None) -> dict[URIRef, Path]:
    """Return the file of each vocabulary, by the named graph that holds it.

    ``schemes/themes.ttl`` is the graph ``themes``, ``forces/essex/places.ttl`` is ``essex/places``; so is
    ``FORCE/places.ttl`` in the folder ``forces``, which holds a folder for each force that does not come with
    the product. Raises: VocabularyError, if that folder is not there or names a force twice or in no usable way.
    """
    found = {graph_name(path.stem): path for path in sorted((folder / "schemes").glob("*.ttl"))}
    for path in sorted((folder / "forces").glob("*/*.ttl")):
        found[graph_name(f"{path.parent.name}/{path.stem}")] = path
    return found | _files_of_more_forces(forces) if forces else found


def _files_of_more_forces(forces: Path) -> dict[URIRef, Path]:
    if not forces.is_dir():
        raise VocabularyError(f"{forces}: there is no such folder of forces (GOLDENTHREAD_FORCES)", path=str(forces))
    found = {}
    for path in sorted(forces.glob("*/*.ttl")):
        force = path.parent.name
        if (FOLDER / "forces" / force).is_dir():
            raise VocabularyError(f"{path.parent}: the force {force} comes with the product; a second is ambiguous")
        for name in (force, path.stem):
            if slug(name) != name:
                raise VocabularyError(f"{path}: {name!r} is to be lower case letters, digits and hyphens: {slug(name)}")
        found[graph_name(f"{force}/{path.stem}")] = path
    return found


def vocabularies(folder: Path = FOLDER, forces: Path | None = None) -> dict[URIRef, Graph]:
    """Return each vocabulary as a named graph, those in the folder ``forces`` too. Raises: VocabularyError."""
    return _vocabularies(folder, forces)


@cache
def _vocabularies(folder: Path, forces: Path | None) -> dict[URIRef, Graph]:
    return {name: parse(path) for name, path in files(folder, forces).items()}


@cache
def modules() -> dict[Path, Graph]:
    """Return the modules that define our terms, by their files.

    The types of blank nodes are left out: those are class expressions inside a definition, and no terms.
    """
    parts = (path for path in FOLDER.glob("*.ttl") if not path.stem.endswith(".shapes"))
    return {path: _without_expressions(parse(path)) for path in sorted(parts) if path.stem != "golden-thread"}


def _without_expressions(module: Graph) -> Graph:
    for subject in {s for s in module.subjects(RDF.type) if isinstance(s, BNode)}:
        module.remove((subject, RDF.type, None))
    return module


@cache
def ontology() -> Graph:
    """Return our terms: every module and alignment in one graph."""
    return _merged(
        p for p in (*FOLDER.glob("*.ttl"), *FOLDER.glob("alignments/*.ttl")) if not p.stem.endswith(".shapes")
    )


@cache
def shapes() -> Graph:
    """Return the SHACL shapes of all modules, those for our own terms left out."""
    return _merged(p for p in FOLDER.glob("*.shapes.ttl") if p.name != "terms.shapes.ttl")


@cache
def term_shapes() -> Graph:
    """Return the SHACL shapes that our own terms must meet."""
    return parse(FOLDER / "terms.shapes.ttl")


def _merged(paths: Iterable[Path]) -> Graph:
    graph = Graph()
    for path in sorted(paths):
        graph += parse(path)
    return graph


def load_vocabulary(folder: Path = FOLDER, forces: Path | None = None) -> Vocabulary:
    """Return the lexicon of extraction made from all vocabularies, ``files`` says of which. Raises: VocabularyError."""
    return _load_vocabulary(folder, forces)


@cache
def _load_vocabulary(folder: Path, forces: Path | None) -> Vocabulary:
    terms: list[Term] = []
    known: list[Force] = []
    abbreviations: dict[str, tuple[str, ...]] = {}
    measures: list[tuple[str, str, str, tuple[str, ...]]] = []
    graphs = vocabularies(folder, forces)
    merged = Graph()
    for graph in graphs.values():
        merged += graph
    for name, graph in graphs.items():
        force = str(name).rsplit("/", 2)[-2]
        force = "" if force == "graph" else force
        for subject, _, class_ in graph.triples((None, RDF.type, None)):
            if isinstance(class_, URIRef) and class_ in _CLASSES:
                terms.append(_term(merged, subject, _CLASSES[class_], force))
            elif class_ == GT.PoliceForce:
                known.append(_force(merged, subject))
            elif class_ == GT.Measure:
                unit = merged.value(subject, QUDT.hasUnit)
                measures.append(
                    (
                        key_of(str(subject)),
                        _name(merged, subject),
                        key_of(str(unit or "")),
                        _texts(merged, subject, SKOS.hiddenLabel),
                    )
                )
            elif class_ == GT.Abbreviation:
                for short in _texts(merged, subject, SKOS.notation):
                    abbreviations[short] = tuple(sorted({*abbreviations.get(short, ()), _name(merged, subject)}))
    return Vocabulary(
        tuple(sorted(set(terms), key=lambda t: (t.kind, t.key))),
        tuple(sorted(set(known), key=lambda f: f.key)),
        abbreviations,
        tuple(sorted(measures)),
        {key_of(str(s)): str(merged.value(s, SKOS.notation)) for s in merged.subjects(RDF.type, GT.PartnerType)},
        {
            key_of(str(s)): (_name(merged, s), *_texts(merged, s, SKOS.altLabel))
            for s in merged.subjects(SKOS.inScheme, mint("scheme", "heading-kinds"))
        },
    )


def _term(graph: Graph, subject: Node, kind: Kind, force: str) -> Term:
    kinds = (ORG.classification, GT.placeKind, GT.programmeKind)
    type_ = next((found for kind in kinds if (found := graph.value(subject, kind)) is not None), None)
    within = graph.value(subject, GEO.sfWithin) or graph.value(subject, GT.ofDistrict)
    hints = _texts(graph, subject, SKOS.hiddenLabel)
    if kind is Kind.AREA:
        # An area's notation is its short name, the one that headings use.
        hints = (*_texts(graph, subject, SKOS.notation), *hints)
    return Term(
        kind=kind,
        key=key_of(str(subject)),
        name=_name(graph, subject),
        aliases=_texts(graph, subject, SKOS.altLabel),
        hints=hints,
        weak=_texts(graph, subject, GT.weakCue),
        type=key_of(str(type_)) if type_ is not None else "",
        within=key_of(str(within)) if within is not None else "",
        generic=bool(graph.value(subject, GT.generic)),
        needs_context=bool(graph.value(subject, GT.needsContext)),
        force=force,
        broader=tuple(sorted(key_of(str(o)) for o in graph.objects(subject, SKOS.broader))),
    )


def _force(graph: Graph, subject: Node) -> Force:
    key = key_of(str(subject))
    prefix = graph.value(subject, GT.operationKeyPrefix)
    return Force(
        key, _name(graph, subject), _texts(graph, subject, SKOS.altLabel), f"{key}-" if prefix is None else str(prefix)
    )


def _name(graph: Graph, subject: Node) -> str:
    return str(graph.value(subject, SKOS.prefLabel) or key_of(str(subject)))


def _texts(graph: Graph, subject: Node, predicate: URIRef) -> tuple[str, ...]:
    return tuple(sorted(str(o) for o in graph.objects(subject, predicate)))
