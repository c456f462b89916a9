"""Questions as files: a ``.rq`` with grlc front matter becomes a Query that runs on any store.

A parameter ``theme`` is a data block of the query, ``VALUES ?_theme { ... }``. Running the query
replaces the content of that block by RDF terms, serialised; no other text is ever put into a query
(docs/adr/0009-parameters-are-terms.md). The file is valid SPARQL as it stands and runs with its defaults.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import yaml
from rdflib import Literal, URIRef
from rdflib.term import Node

from graph.confining import confined
from graph.errors import BadParameter, QueryNotFound, VocabularyError
from graph.namespaces import GT, at_home, key_of, slug
from graph.stores.base import Store, Table

FOLDER = Path(__file__).resolve().parent.parent / "queries"

KINDS: dict[str, tuple[str, tuple[URIRef, ...]]] = {
    "theme": ("theme", (GT.Theme,)),
    "lpa": ("lpa", (GT.PolicingArea, GT.LocalPolicingArea, GT.PoliceForce)),
    "district": ("district", (GT.District,)),
    "partner": ("partner", (GT.Partner,)),
    "partner-type": ("partner-type", (GT.PartnerType,)),
    "commitment": ("commitment", (GT.Commitment,)),
    "priority": ("priority", (GT.Priority,)),
    "quarter": ("quarter", (GT.Quarter,)),
    "operation": ("operation", (GT.Operation,)),
    "measure": ("measure", (GT.Measure,)),
    "report": ("report", (GT.Report,)),
    "item": ("item", (GT.EvidenceItem,)),
    "unit": ("unit", (GT.PoliceUnit,)),
    "programme": ("programme", (GT.Programme,)),
    "programme-kind": ("programme-kind", (GT.ProgrammeKind,)),
    "place": ("place", (GT.Place,)),
    "partner-role": ("partner-role", (GT.PartnerRole,)),
    "rule": ("rule", (GT.Rule,)),
    "check-kind": ("check-kind", (GT.CheckKind,)),
    "verdict": ("verdict", (GT.Verdict,)),
    "thing": ("thing", (GT.Operation, GT.Partner, GT.PoliceUnit, GT.Programme, GT.Theme, GT.District, GT.Place)),
}
"""Types of parameter whose values are things of the graph: kind in the address, classes."""

ROLES = ("analyst", "partnership-lead", "auditor", "data-engineer")
"""Who the graph is for: each asks competency questions of their own."""

PLAIN = ("boolean", "integer", "string", "address")
"""Types of parameter whose values need no looking up; an address may be of anything, ours or not."""

asking: ContextVar[str] = ContextVar("asking", default="")
"""Name of the query that ``run`` asks, for whoever times what the store does; "" for one that has none."""

_BLOCK = re.compile(r"VALUES\s+\?_(?P<name>\w+)\s*\{[^{}]*\}")
_LEFT_OUT = "\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U0010ffff" + "".join(
    chr(plane << 16 | last) for plane in range(1, 14) for last in (0xFFFE, 0xFFFF)
)
_IRI = re.compile(
    rf"""[A-Za-z][A-Za-z0-9+.-]*:(?:[^\x00-\x20\x7f-\xa0<>"{{}}|^`\\\[\]%{_LEFT_OUT}]|%[0-9A-Fa-f]{{2}})*"""
)
"""An absolute IRI (RFC 3987), but none with brackets, which only a host that is a number may have."""
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})
_LISTED = 20
"""An unknown value is answered with the names there are, if they are no more than this."""
_BOOLEANS = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a question."""

    name: str
    type: str
    """A key of ``KINDS``, or one of ``PLAIN``."""
    description: str
    default: str | None = None
    """The value when none is given; None: the parameter then filters nothing."""


@dataclass(frozen=True, slots=True)
class Competency:
    """What somebody of a role must be able to find out: a question in their words, which a query answers."""

    id: str
    """The role and a number: ``auditor-3``."""
    question: str
    values: tuple[tuple[str, str], ...] = ()
    """Parameters of the query, by name, with which it answers the question."""

    @property
    def role(self) -> str:
        """Who asks: one of ``ROLES``."""
        return self.id.rpartition("-")[0]

    @property
    def number(self) -> int:
        """Its place among the questions of the role."""
        return int(self.id.rpartition("-")[2])


@dataclass(frozen=True, slots=True)
class Query:
    """A question: what it asks in words, its parameters and its SPARQL."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    params: tuple[Param, ...]
    text: str
    path: Path
    after: tuple[str, ...] = ()
    """Rules whose links this rule reads, by name: it runs after them."""
    pitfall: str = ""
    """What the field calls the mistake that this query looks for, such as "OOPS! P08"."""
    competency: tuple[Competency, ...] = ()
    """The competency questions that it answers."""
    kept: bool = False
    """Whether its answer with defaults is published with the data."""
    columns: tuple[tuple[str, str], ...] = ()
    """Variables and what their columns are called, where that is peculiar to this question (``graph.heads``)."""

    @property
    def sparql(self) -> str:
        """The SPARQL without its front matter."""
        return "\n".join(line for line in self.text.splitlines() if not line.startswith("#+")).strip() + "\n"

    def param(self, name: str) -> Param:
        """Return the parameter called ``name``. Raises: BadParameter naming those there are."""
        for param in self.params:
            if param.name == name:
                return param
        known = ", ".join(p.name for p in self.params) or "none"
        raise BadParameter(f"{self.name} has no parameter {name!r}; it takes: {known}", query=self.name, param=name)


def load(path: Path) -> Query:
    """Read a ``.rq`` file. Raises: VocabularyError if its front matter is missing or does not fit its SPARQL."""
    text = at_home(path.read_text(encoding="utf-8"))
    front = "\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+"))
    try:
        matter: dict[str, Any] = yaml.safe_load(front) or {}
        query = Query(
            name=path.stem,
            summary=" ".join(str(matter["summary"]).split()),
            description=" ".join(str(matter.get("description", "")).split()),
            tags=tuple(matter.get("tags", ())),
            params=tuple(_param(p) for p in matter.get("params", ())),
            text=text,
            path=path,
            after=tuple(matter.get("after", ())),
            pitfall=str(matter.get("pitfall", "")),
            kept=bool(matter.get("kept", False)),
            columns=tuple((str(name), str(words)) for name, words in matter.get("columns", {}).items()),
            competency=tuple(_competency(c, str(matter["summary"])) for c in matter.get("competency", ())),
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise VocabularyError(f"{path}: the front matter is not as queries/README.md says: {error}") from error
    blocks = {block["name"] for block in _BLOCK.finditer(query.sparql)}
    for param in query.params:
        if param.name not in blocks:
            raise VocabularyError(f"{path}: parameter {param.name!r} has no data block VALUES ?_{param.name} {{ ... }}")
    for name, _ in query.columns:
        if not re.search(rf"\?{re.escape(name)}\b", query.sparql):
            raise VocabularyError(f"{path}: the front matter names the column {name!r}, which the query does not have")
    return query


def _competency(matter: Mapping[str, Any], summary: str) -> Competency:
    question = " ".join(str(matter.get("question", summary)).split())
    return Competency(str(matter["id"]), question, tuple((str(k), str(v)) for k, v in matter.get("values", {}).items()))


def _param(matter: Mapping[str, Any]) -> Param:
    default = matter.get("default")
    if isinstance(default, bool):
        default = str(default).lower()
    return Param(
        str(matter["name"]),
        str(matter["type"]),
        str(matter.get("description", "")),
        None if default is None else str(default),
    )


@cache
def _folder(name: str) -> dict[str, Query]:
    return {path.stem: load(path) for path in sorted((FOLDER / name).glob("*.rq"), key=lambda path: path.stem)}


def catalogue() -> dict[str, Query]:
    """Return the public questions by name, in order of name."""
    return _folder("catalogue")


def examples() -> dict[str, Query]:
    """Return the queries that show how to ask, by name, in order of name."""
    return _folder("examples")


def competency() -> dict[str, tuple[Query, Competency]]:
    """Return the competency questions by id, each with the query that answers it; by role, in order of number.

    A question of the catalogue answers some; the other queries lie in a folder for each role.
    """
    known = [*catalogue().values(), *(query for role in ROLES for query in _folder(f"competency/{role}").values())]
    found = [(query, asked) for query in known for asked in query.competency]
    order = {role: place for place, role in enumerate(ROLES)}
    return {c.id: (q, c) for q, c in sorted(found, key=lambda one: (order[one[1].role], one[1].number))}


def rules() -> dict[str, Query]:
    """Return the CONSTRUCT queries that derive links from one report, by name, in the order they run."""
    return {rule.name: rule for stage in rule_stages() for rule in stage}


def rule_stages() -> tuple[tuple[Query, ...], ...]:
    """Return the rules in stages: a rule reads links of earlier stages only, so the order within one is no matter.

    Which links a rule reads is said by ``after`` in its front matter.
    Raises: VocabularyError if a rule is to run after one that is not there, or after itself.
    """
    return staged(_folder("rules"))


def staged(rules: Mapping[str, Query]) -> tuple[tuple[Query, ...], ...]:
    """Return ``rules`` in stages, each in order of name. Raises: as ``rule_stages``."""
    for rule in rules.values():
        if missing := [name for name in rule.after if name not in rules]:
            raise VocabularyError(f"{rule.path}: it is to run after {', '.join(missing)}, and there is no such rule")
    order = TopologicalSorter({name: rule.after for name, rule in rules.items()})
    try:
        order.prepare()
    except CycleError as error:
        raise VocabularyError(f"rules wait for one another: {' after '.join(error.args[1])}") from error
    stages = []
    while order.is_active():
        ready = sorted(order.get_ready())
        stages.append(tuple(rules[name] for name in ready))
        order.done(*ready)
    return tuple(stages)


def register() -> dict[str, Query]:
    """Return the CONSTRUCT queries that make the register from what the reports say, by name."""
    return _folder("register")


def checks() -> dict[str, Query]:
    """Return the queries of which any row is a fault of the graph, by name."""
    return _folder("checks")


def pitfalls() -> dict[str, Query]:
    """Return the queries of which any row is a mistake of the ontology, by name."""
    return _folder("pitfalls")


def everything() -> tuple[Query, ...]:
    """Return every query of every folder, in order of path."""
    folders = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    return tuple(query for folder in folders for query in _folder(folder).values())


def kept(store: Store) -> list[str]:
    """Return the queries whose answers are published with the data, with their defaults, as ``store`` is asked them."""
    return [confined(bind(store, query), lateral=store.lateral) for query in everything() if query.kept]


def shapes() -> dict[str, Query]:
    """Return the queries that find where data do not meet the shapes in the store: one for each kind of constraint."""
    return _folder("shapes")


def question(name: str) -> Query:
    """Return the question of the catalogue called ``name``. Raises: QueryNotFound with the nearest names."""
    return _named(catalogue(), name, "question")


def page(name: str) -> Query:
    """Return the query called ``name`` that a page asks. Raises: QueryNotFound."""
    return _named(_folder("pages"), name, "page query")


def _named(queries: Mapping[str, Query], name: str, kind: str) -> Query:
    if name in queries:
        return queries[name]
    near = difflib.get_close_matches(name, queries, n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else f" There are: {', '.join(queries)}."
    raise QueryNotFound(f"no {kind} is called {name!r}.{hint}", query=name, near=near)


Values = Mapping[str, str | Sequence[str]]
"""Values given for parameters: one, or several that are alternatives."""


def run(store: Store, query: Query, values: Values | None = None) -> Table:
    """Ask ``query`` of ``store``. Raises: BadParameter naming the parameter, and as ``Store.select``."""
    before = asking.set(query.name)
    try:
        return store.select(confined(bind(store, query, values), lateral=store.lateral))
    finally:
        asking.reset(before)


def bind(store: Store, query: Query, values: Values | None = None) -> str:
    """Return the SPARQL of ``query`` with ``values``, and defaults where none is given, as terms in its data blocks.

    A parameter that is given as "" or not at all takes its default; one without a default filters nothing.
    """
    given = {name: _as_list(value) for name, value in (values or {}).items()}
    for name in given:
        query.param(name)
    terms: dict[str, list[Node]] = {}
    for param in query.params:
        chosen = given.get(param.name) or ([param.default] if param.default is not None else [])
        terms[param.name] = [term for value in chosen for term in resolve(store, query, param, value)]
    return fill(query, terms)


def _as_list(value: str | Sequence[str]) -> list[str]:
    return [v for v in ([value] if isinstance(value, str) else value) if v.strip()]


def resolve(store: Store, query: Query, param: Param, value: str) -> tuple[Node, ...]:
    """Return the terms that ``value`` means for ``param``: an address, a key, a notation or a name will do.

    A name or notation that several things share gives them all.
    Raises: BadParameter naming the parameter, the value and the nearest names.
    """
    value = value.strip()
    fields = {"query": query.name, "param": param.name, "value": value}
    if param.type == "boolean":
        if value.lower() not in _BOOLEANS:
            raise BadParameter(f"{param.name} is true or false, not {value!r}", **fields)
        return (Literal(_BOOLEANS[value.lower()]),)
    if param.type == "integer":
        if not re.fullmatch(r"[+-]?\d{1,18}", value):
            raise BadParameter(f"{param.name} is a whole number, not {value!r}", **fields)
        return (Literal(int(value)),)
    if param.type == "string":
        return (Literal(value),)
    if param.type == "address":
        if not is_address(value):
            raise BadParameter(f"{param.name} is an address, not {value!r}", **fields)
        return (URIRef(value),)
    if param.type not in KINDS:
        raise VocabularyError(f"{query.path}: parameter {param.name!r} has the unknown type {param.type!r}")
    names = names_of(store, param.type)
    folded = value.casefold()
    meant = (
        (iri for iri in names if str(iri) == value or str(iri).endswith(f"/{value}")),
        (iri for iri, known in names.items() if folded in (n.casefold() for n in known)),
        (iri for iri in names if slug(value) == key_of(iri)),
    )
    if found := next(filter(None, map(sorted, meant)), None):
        return tuple(found)
    shown = {n.casefold(): n for known in names.values() for n in known}
    near = [shown[n] for n in difflib.get_close_matches(folded, shown, n=3, cutoff=0.6)]
    preferred = sorted({known[0] for known in names.values()})
    if near:
        hint = f". Nearest: {', '.join(near)}"
    else:
        hint = f". There are: {', '.join(preferred)}" if 0 < len(preferred) <= _LISTED else ""
    raise BadParameter(f"{param.name}: nothing of that kind is called {value!r}{hint}", near=near, **fields)


def is_address(text: str) -> bool:
    """Return whether ``text`` can be written as an address in a query: absolute, and free of what would end it."""
    return _IRI.fullmatch(text) is not None


def names_of(store: Store, type_: str) -> dict[URIRef, tuple[str, ...]]:
    """Return the things that a parameter of type ``type_`` can mean, each with its names, preferred name first."""
    _, classes = KINDS[type_]
    table = store.select(fill(page("names"), {"class": classes}))
    found: dict[URIRef, list[str]] = {}
    for thing, name in table.rows:
        found.setdefault(URIRef(str(thing)), []).append(str(name))
    return {iri: tuple(names) for iri, names in found.items()}


def fill(query: Query, terms: Mapping[str, Sequence[Node]]) -> str:
    """Return the SPARQL of ``query`` with ``terms`` in its data blocks: for our own code, which has the terms.

    Where there are none a block keeps what the file puts there, but for ``UNDEF``: that block goes altogether. Its
    variable is unbound either way, and a store that plans badly around UNDEF (queries/README.md) never meets it.
    """
    blocks = {name: " ".join(dict.fromkeys(map(serialise, values))) for name, values in terms.items()}

    def filled(block: re.Match[str]) -> str:
        name = block["name"]
        if blocks.get(name):
            return f"VALUES ?_{name} {{ {blocks[name]} }}"
        return "" if name in blocks and "UNDEF" in block.group() else block.group()

    # All blocks at once: a value that itself reads "VALUES ?_other { }" must stay a value.
    return _BLOCK.sub(filled, query.sparql)


def serialise(term: Node) -> str:
    """Return ``term`` as SPARQL has it, escaped, so that no value can be more than a value.

    Raises: BadParameter if an address cannot be written as one; TypeError for anything but addresses and literals.
    """
    if isinstance(term, URIRef):
        if not _IRI.fullmatch(term):
            raise BadParameter(f"not an address: {str(term)!r}", value=str(term))
        return f"<{term}>"
    if not isinstance(term, Literal):
        raise TypeError(f"only addresses and literals can be parameters: {term!r}")
    # Not Literal.n3(), whose long form for text with line ends can leave its last quote open.
    text = f'"{term.translate(_ESCAPES)}"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^{serialise(term.datatype)}" if term.datatype else text
