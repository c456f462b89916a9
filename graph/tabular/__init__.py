"""CSV tables into vocabularies: ``python -m graph.tabular CSV_DIR [--force essex] [--out ontology]``.

Each table becomes one Turtle file; partners, units and programmes two: what every force may name
(``schemes/national.toml`` adds to that) and the force's own. The same tables always give the same
text. Shared files keep what another force's tables put there; the force's own folder is made anew.
What a table's rows are turned into stands in ``shared.py`` and ``local.py``; what review changed
stands in ``corrections.toml`` and ``cues.toml`` beside the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rdflib import Graph, URIRef

from graph.tabular import local, shared
from graph.tabular.names import Corrections
from graph.tabular.tables import Row, added, fault, read
from graph.tabular.turtle import to_turtle

TABLES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "themes": ("concept_id", ("pref_label", "alt_labels", "broader", "definition", "cues", "related")),
    "police_forces": ("police_uk_id", ("short_name", "name", "ons_pfa_code", "aliases")),
    "abbreviations": ("", ("abbreviation", "expansion")),
    "metrics": ("id", ("label", "unit", "better", "patterns", "commitment", "unit_word")),
    "lpa_districts": ("district_ons", ("district_name", "lpa")),
    "places": ("id", ("name", "alt_names", "district_ons", "kind", "ambiguity")),
    "units": ("id", ("full_name", "abbreviation", "kind", "parent", "aliases")),
    "partners": ("id", ("canonical_name", "aliases", "context_aliases", "type", "scope", "ons_code")),
    "schemes": ("id", ("name", "aliases", "kind", "owner", "themes")),
}
"""The tables, each with its key column and the other columns it must have."""

_HEADINGS: Final = {
    "themes": "What reports are about. Names are altLabel, words that hint are hiddenLabel, weak hints gt:weakCue.",
    "partners": "Bodies that work with the police.",
    "forces": "The 43 territorial police forces of England and Wales, with their ONS codes.\n"
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0.",
    "abbreviations": "Short forms in policing, and what each stands for.",
    "measures": "What reports count again and again. Patterns (words in this order) are hiddenLabel.",
    "areas": "The force, its local policing areas and their districts.\n"
    "Source of the codes: Office for National Statistics licensed under the Open Government Licence v3.0.",
    "places": "Names of places and the district each lies in; no coordinates.\n"
    "Contains names from GeoNames (geonames.org), Creative Commons Attribution 4.0; chosen and sorted since.",
    "units": "Units, teams and posts; what forces have under the same name stands in schemes.",
    "programmes": "Schemes, funds, campaigns and other undertakings with names, operations apart.",
}
_CALLED: Final = {"schemes": "programmes"}
"""What national.toml calls a table, where it does not go by the table's own name."""
_MADE: Final = "Made by `python -m graph.tabular` from tables and corrections.toml: change those and make it again."


@dataclass(frozen=True, slots=True)
class Written:
    """A Turtle file: where it belongs below the ontology folder, and its text."""

    path: Path
    text: str


def generate(tables: Path, out: Path, force: str) -> tuple[tuple[Written, ...], tuple[str, ...]]:
    """Make the Turtle of the tables in ``tables`` for ``force``, to be written below ``out``; write nothing.

    ``out`` holds the code lists (schemes/kinds.ttl, schemes/partner-types.ttl), corrections, and what earlier
    runs made. Returns the files in order, and the corrections that changed nothing, in words.

    Raises: VocabularyError, naming file, line and reason, if a table or a row cannot be used.
    """
    more = added(out / "schemes" / "national.toml")
    rows = {name: _read(tables, name) + more.get(_CALLED.get(name, name), ()) for name in TABLES}
    reviewed = (
        out / "schemes" / "corrections.toml",
        out / "schemes" / "cues.toml",
        _folder(out, force) / "corrections.toml",
    )
    corrections = Corrections.read(*reviewed)
    context = local.Context(force, corrections, _code_lists(out))
    themes = shared.themes(rows["themes"], corrections)
    _extend(themes, out / "schemes" / "themes.ttl")
    common, own = local.partners(rows["partners"], rows["lpa_districts"], rows["police_forces"], context)
    all_units, own_units = local.units(rows["units"], rows["partners"], context)
    all_programmes, own_programmes = local.programmes(rows["schemes"], rows["units"], (common, own), themes, context)
    schemes, folder = Path("schemes"), _folder(Path(), force)
    made = {
        schemes / "themes": themes,
        schemes / "forces": shared.forces(rows["police_forces"], corrections),
        schemes / "abbreviations": shared.abbreviations(rows["abbreviations"], corrections),
        schemes / "measures": shared.measures(rows["metrics"], corrections),
        schemes / "partners": common,
        schemes / "units": all_units,
        schemes / "programmes": all_programmes,
        folder / "areas": local.areas(rows["lpa_districts"], rows["places"], context),
        folder / "places": local.places(rows["places"], rows["lpa_districts"], context),
        folder / "units": own_units,
        folder / "partners": own,
        folder / "programmes": own_programmes,
    }
    for name, graph in made.items():
        if name.parent == schemes:
            _extend(graph, (out / name).with_suffix(".ttl"))
    written = tuple(
        Written(name.with_suffix(".ttl"), to_turtle(graph, f"{_HEADINGS[name.name]}\n{_MADE}"))
        for name, graph in made.items()
        if len(graph)
    )
    return written, corrections.unused()


def write(files: tuple[Written, ...], out: Path) -> None:
    """Write ``files`` below ``out``."""
    for file in files:
        path = out / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")


def _folder(out: Path, force: str) -> Path:
    return out / "forces" / force


def _read(tables: Path, name: str) -> tuple[Row, ...]:
    """Read a table; one that is not there has no rows, for a new force need not bring the shared ones."""
    path = tables / f"{name}.csv"
    key, columns = TABLES[name]
    return read(path, (*((key,) if key else ()), *columns), key) if path.is_file() else ()


def _code_lists(out: Path) -> frozenset[URIRef]:
    found: set[URIRef] = set()
    for name in ("kinds", "partner-types"):
        path = out / "schemes" / f"{name}.ttl"
        if not path.is_file():
            raise fault(str(path), "this code list must be there before tables can be read")
        found |= {iri for iri in Graph().parse(path).subjects() if isinstance(iri, URIRef)}
    return frozenset(found)


def _extend(graph: Graph, path: Path) -> None:
    """Add to ``graph`` the subjects of the file at ``path`` that it does not describe itself."""
    if path.is_file():
        ours = set(graph.subjects())
        for triple in Graph().parse(path):
            if triple[0] not in ours:
                graph.add(triple)
