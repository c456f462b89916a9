"""The folder of Turtle that a force begins with: its areas as given, and what there is to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from graph.errors import BadParameter, GoldenThreadError
from graph.model import Force, Vocabulary
from graph.namespaces import BASE, GEO, GT, PREFIXES, force_key, mint, slug
from graph.tabular.turtle import to_turtle

_CODE = re.compile(r"^(?P<name>.+?)\s+(?P<code>[ENSW]\d{8})$")
_FOR = {
    "partners": """\
Bodies that work with the force and no shared list has: councils, charities, groups. Those that every force may name
(the Crown Prosecution Service, St John Ambulance) are known already. Types: {types}.""",
    "places": """\
Towns, villages, estates and streets that reports name, and the district each lies in. A key is used once in all forces:
begin it with {key} where the name is common. gt:needsContext only where the name is an everyday word too.""",
    "programmes": """\
Schemes, funds and campaigns of the force. Those that every force may name (Safer Streets Fund) are known already.""",
    "units": """\
Commands, departments and teams of the force. Those that every force may have (Force Control Room) are known.""",
}
"""What the files are for of which nothing is known yet."""
_ENTRIES = {
    "partners": """\
partner:{key}-council a gt:Partner ;
    skos:prefLabel "The name that answers show"@en ;
    skos:altLabel "Another name, safe to match anywhere"@en ;
    skos:hiddenLabel "A short name that needs context"@en ;
    org:classification partner-type:local-authority ;
    gt:ofDistrict district:THE-CODE .""",
    "places": """\
place:{key}-harbour a gt:Place ;
    skos:prefLabel "The name"@en ;
    gt:placeKind place-kind:town ;
    gt:needsContext true ;
    geo:sfWithin district:THE-CODE .""",
    "programmes": """\
programme:{key}-lamps a gt:Programme ;
    skos:prefLabel "The name"@en ;
    gt:programmeKind programme-kind:campaign ;
    dcterms:subject theme:rural-crime .""",
    "units": """\
unit:{key}-marine-unit a gt:PoliceUnit ;
    skos:prefLabel "Marine Unit"@en ;
    org:classification unit-kind:unit ;
    org:unitOf force:{key} .""",
}
"""An entry of each, as a comment: to be copied, and the marks of the comment taken away."""
_KINDS = ("district", "force", "lpa", "partner", "partner-type", "place", "place-kind", "programme", "programme-kind",
          "theme", "unit", "unit-kind")  # fmt: skip
_USED = ("dcterms", "geo", "gt", "org", "skos")
_WIDTH = 116


@dataclass(frozen=True, slots=True)
class District:
    """A district as it is given: its name, and its ONS code or ""."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class PolicingArea:
    """A part of the force as it is given, and the districts that lie in it."""

    name: str
    districts: tuple[District, ...]


def read_areas(text: str) -> tuple[PolicingArea, ...]:
    """Read areas and their districts: ``Harbour Hub: Wharfside E07999901, Saltmarsh; Fells Hub: Fellside``.

    Areas are parted by semicolons, an area from its districts by a colon, districts by commas; an ONS code may follow
    a district's name. Raises: BadParameter, naming what is empty or there twice.
    """
    areas = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, _, rest = (piece.strip() for piece in part.partition(":"))
        if not name:
            raise BadParameter(f"--areas: there is no area before the colon in {part!r}", param="areas")
        areas.append(PolicingArea(name, tuple(_district(d) for d in rest.split(",") if d.strip())))
    if not areas:
        raise BadParameter("--areas: there is no area; such as: 'North Hub: First District, Second District'")
    for names in ([area.name for area in areas], [d.name for area in areas for d in area.districts]):
        twice = [name for name in names if [slug(other) for other in names].count(slug(name)) > 1]
        if twice:
            raise BadParameter(f"--areas: {twice[0]!r} is there twice", param="areas")
    return tuple(areas)


def _district(text: str) -> District:
    coded = _CODE.match(text.strip())
    return District(coded["name"], coded["code"]) if coded else District(text.strip())


def skeleton(name: str, areas: Sequence[PolicingArea], vocabulary: Vocabulary) -> tuple[str, dict[str, str]]:
    """Return the key of a force and the files of its folder, by name: valid Turtle, with what to fill in as comments.

    ``name`` is the name or key of a force that the vocabulary lists, or the name of one that it does not.
    Raises: BadParameter, if that name is empty.
    """
    if not name.strip():
        raise BadParameter("a force has a name", param="name")
    known = _known(name, vocabulary)
    key = known.key if known else force_key(name)
    if any(term.force == key for term in vocabulary.terms):
        raise BadParameter(f"the force {key} comes with the product; a second folder of it is ambiguous", param="name")
    types = ", ".join(f"partner-type:{type_}" for type_ in sorted(vocabulary.partner_types))
    files = {"areas.ttl": _areas(key, areas, vocabulary)}
    if known is None:
        files["force.ttl"] = _force(key, name)
    for stem, purpose in _FOR.items():
        about = fill(purpose.format(key=key, types=types), width=_WIDTH, break_on_hyphens=False)
        parts = (_commented(about), _prefixes(), _commented(_ENTRIES[stem].format(key=key)))
        files[f"{stem}.ttl"] = "\n\n".join(parts) + "\n"
    return key, dict(sorted(files.items()))


def write_folder(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write ``files`` into a new ``folder`` and return their paths; nothing that is there is written over.

    Raises: GoldenThreadError, if the folder is there already or cannot be made.
    """
    try:
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except FileExistsError as error:
        raise GoldenThreadError(f"{folder}: it is there already; nothing was written", path=str(folder)) from error
    except OSError as error:
        raise GoldenThreadError(f"{folder}: cannot be written: {error.strerror}", path=str(folder)) from error
    return [folder / name for name in files]


def _known(name: str, vocabulary: Vocabulary) -> Force | None:
    folded = name.strip().casefold()
    return next(
        (f for f in vocabulary.forces if folded in {f.key, *(n.casefold() for n in (f.name, *f.aliases))}), None
    )


def _force(key: str, name: str) -> str:
    graph = Graph()
    graph.add((mint("force", key), RDF.type, GT.PoliceForce))
    graph.add((mint("force", key), SKOS.prefLabel, Literal(" ".join(name.split()), lang="en")))
    return to_turtle(
        graph,
        f"{name.strip()}, a force that the shared list of forces does not have.\n"
        'To fill in: other names as skos:altLabel "..."@en; the ONS code as skos:notation "E23......".',
    )


def _areas(key: str, areas: Sequence[PolicingArea], vocabulary: Vocabulary) -> str:
    graph = Graph()
    for area in areas:
        node = mint("lpa", f"{key}-{slug(area.name)}")
        graph.add((node, RDF.type, GT.PolicingArea))
        _name(graph, node, area.name)
        graph.add((node, SKOS.notation, Literal(_short(area.name, vocabulary))))
        graph.add((node, GEO.sfWithin, mint("force", key)))
        for district in area.districts:
            inner = mint("district", district.code or f"{key}-{slug(district.name)}")
            graph.add((inner, RDF.type, GT.District))
            _name(graph, inner, district.name)
            graph.add((inner, GEO.sfWithin, node))
            if district.code:
                graph.add((inner, SKOS.notation, Literal(district.code)))
    return to_turtle(
        graph,
        "The parts of the force and the districts in each.\n"
        'To fill in: other names as skos:altLabel "..."@en; the short name that headings use is skos:notation.\n'
        'A district without its ONS code: skos:notation "E07......", and that code as its address, district:E07.......',
    )


def _name(graph: Graph, node: URIRef, name: str) -> None:
    graph.add((node, SKOS.prefLabel, Literal(name, lang="en")))


def _short(name: str, vocabulary: Vocabulary) -> str:
    """Return what comes before the word for an area: "Harbour" of "Harbour Hub"."""
    words = sorted(vocabulary.headings.get("area", ()), key=len, reverse=True)
    for word in words:
        if name.casefold().endswith(f" {word.casefold()}"):
            return name[: -len(word)].strip()
    return name


def _prefixes() -> str:
    lines = [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in _USED]
    lines += [f"@prefix {kind}: <{BASE}{kind}/> ." for kind in _KINDS]
    return "\n".join(sorted(lines))


def _commented(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.splitlines())
