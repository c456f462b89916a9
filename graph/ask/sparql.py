"""The form of a question as SPARQL. Values are terms, serialised; all other text comes from the patterns here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from rdflib import Literal, URIRef

from graph.ask.model import Constraint, Entity, Form
from graph.namespaces import PREFIXES
from graph.queries import serialise

_ITEM: Final = {
    "operation": "{item} gt:namesOperation {value} .",
    "partner": "{item} gt:involvesPartner {value} .",
    "partner-type": "{item} gt:involvesPartner {fresh} . {fresh} org:classification {value} .",
    "lpa": "{item} gt:inArea {value} .",
    "district": "{item} gt:locatedIn {value} .",
    "place": "{item} gt:namesPlace {value} .",
    "theme": "{item} gt:aboutTheme {fresh} . {fresh} skos:broader* {value} .",
    "commitment": "{item} gt:evidences {value} .",
    "priority": "{item} gt:evidences {fresh} . {fresh} skos:broader {value} .",
    "unit": "{item} gt:namesUnit {value} .",
    "programme": "{item} gt:namesProgramme {value} .",
    "quarter": "{item} dcterms:isPartOf {fresh} . {fresh} gt:inQuarter {value} .",
    "figure": "{value} gt:inPassage {item} ; a gt:Figure .",
    "item": "",
}
"""How an evidence item is linked to a thing of each kind."""
LINKED: Final = frozenset(_ITEM)
"""Sorts of thing that can be counted, and that rows can be told apart by."""

_OPERATION: Final = {
    "partner": ("gt:workedWith", "{value}", ""),
    "partner-type": ("gt:workedWith", "{fresh}", "{fresh} org:classification {value} ."),
    "lpa": ("gt:carriedOutIn", "{value}", ""),
    "district": ("gt:reachesDistrict", "{value}", ""),
    "theme": ("gt:tackles", "{fresh}", "{fresh} skos:broader* {value} ."),
    "commitment": ("gt:servesCommitment", "{value}", ""),
    "priority": ("gt:servesCommitment", "{fresh}", "{fresh} skos:broader {value} ."),
}
"""How an operation is: by a link that a rule derived from items."""

_CLASS: Final = {
    "commitment": "gt:Commitment",
    "priority": "gt:Priority",
    "lpa": "gt:LocalPolicingArea",
    "district": "gt:District",
    "report": "gt:Report",
    "quarter": "gt:Quarter",
    "partner-type": "gt:PartnerType",
}
"""Kinds of thing that are there whether or not an item speaks of them."""

_USED: Final = ("gt", "skos", "oa", "dcterms", "rdf", "prov", "org", "sdmx-measure")


LATER: Final = 100
"""First number of the variables of a part that is written after the others."""


@dataclass(slots=True)
class _Names:
    """Gives variables that nothing else has."""

    count: int = 0
    values: list[str] = field(default_factory=list)

    def fresh(self) -> str:
        self.count += 1
        return f"?x{self.count}"

    def bound(self, entities: tuple[Entity, ...]) -> str:
        """Return a variable that has one of ``entities``, or the one thing itself."""
        if len(entities) == 1:
            return serialise(entities[0].iri)
        name = self.fresh()
        self.values.append(f"VALUES {name} {{ {' '.join(serialise(e.iri) for e in entities)} }}")
        return name


def variable(kind: str) -> str:
    """Return the name of the column for things of ``kind``: ``partner-type`` gives ``partnerType``."""
    first, *rest = kind.split("-")
    return first + "".join(part.capitalize() for part in rest)


def rows(form: Form) -> str:
    """Return the query whose rows answer ``form``: the things asked for, and the items that say so."""
    if form.target == "figure":
        return _figures(form)
    target, group = variable(form.target), variable(form.group) if form.group else ""
    body, with_item = _body(form)
    columns = [f"?{target}", f"?{target}Label", *([f"?{group}", f"?{group}Label"] if group else [])]
    if form.target == "item":
        columns = ["?item", "?itemLabel", *columns[2:], "?quote"]
    elif with_item:
        columns += ["?item", "?itemLabel", "?quote"]
    lines = [*body, *_label(form.target), *(_label(form.group) if form.group and not form.loose else ())]
    if with_item or form.target == "item":
        lines += _ITEM_LABEL
    if form.loose:
        # Last, for it adds to rows that are found and finds none.
        beside = _link(form.group, f"?{group}", _Names(count=LATER), "?item", _mode(form))
        lines += ["OPTIONAL {", *(f"  {line}" for line in [*beside, *_label(form.group)]), "}"]
    order = [f"STR(?{group}Label)"] if group else []
    order += [] if form.target == "item" else [f"STR(?{target}Label)", f"?{target}"]
    order += ["STR(?reportLabel)", "?number", "?item"] if with_item or form.target == "item" else []
    return _query(f"SELECT DISTINCT {' '.join(columns)}", lines, f"ORDER BY {' '.join(order)}")


def count(form: Form) -> str:
    """Return the query that counts the things asked for."""
    body, _ = _body(form)
    return _query(f"SELECT (COUNT(DISTINCT ?{variable(form.target)}) AS ?number)", body, "")


def ask(form: Form) -> str:
    """Return the query that says whether there is such a thing, or so many, or more than of others."""
    if not form.bound:
        body, _ = _body(form)
        return _query("ASK", body, "")
    lines = _counted(form, "?number")
    other = str(form.bound.number)
    if form.against:
        other = "?otherNumber"
        lines += _counted(replace(form, constraints=form.against), other)
    return _query("ASK", [*lines, f"FILTER(?number {form.bound.sign} {other})"], "")


def _counted(form: Form, name: str) -> list[str]:
    """Return a part of a query that counts the things asked for."""
    body, _ = _body(replace(form, bound=None))
    head = f"{{ SELECT (COUNT(DISTINCT ?{variable(form.target)}) AS {name}) WHERE {{"
    return [head, *(f"  {line}" for line in body), "} }"]


def ranked(form: Form, limit: int = 0) -> str:
    """Return the query that counts things of ``form.rank_by`` for each thing asked for, most or fewest first."""
    target = variable(form.target)
    counted = f"?counted{variable(form.rank_by).capitalize()}"
    names = _Names()
    chosen = [c for c in form.constraints if c.kind == form.target and c.entities and not c.negated]
    rest = tuple(c for c in form.constraints if c not in chosen)
    inner = _positive(replace(replace_target(form), constraints=rest), names)
    mode = "operation" if form.rank_by == "operation" and form.target in _OPERATION else "item"
    link = _link(form.rank_by, counted, names, "?item", "item")
    if form.bound and form.rank_by in _CLASS:
        # What is told of the force as a whole is no area of its own among those that are counted.
        inner.append(f"{counted} a {_CLASS[form.rank_by]} .")
    if form.rank_by == "item":
        link, counted = ["?item a gt:EvidenceItem ."], "?item"
    if mode == "operation":
        link = _link(form.target, f"?{target}", names, "?item", "operation", counted)
    elif form.target == "operation":
        link += _link(form.rank_by, counted, names, "?item", "operation", "?operation")
        link += _link("operation", "?operation", names, "?item", "item")
    else:
        link += _link(form.target, f"?{target}", names, "?item", "item")
    # Where every count is shown, what is told of the force as a whole counts beside its areas.
    none_too = form.top >= 0 or (form.bound is not None and "<" in form.bound.sign)
    body = [f"?{target} a {_CLASS[form.target]} ."] if form.target in _CLASS and none_too else []
    lines = [*names.values, *body]
    lines += [f"VALUES ?{target} {{ {' '.join(serialise(e.iri) for e in c.entities)} }}" for c in chosen]
    lines += ["OPTIONAL {", *(f"  {line}" for line in [*link, *inner]), "}"] if body else [*link, *inner]
    lines += _label(form.target)
    direction = "DESC" if form.descending else "ASC"
    having = f"\nHAVING (COUNT(DISTINCT {counted}) {form.bound.sign} {form.bound.number})" if form.bound else ""
    tail = f"GROUP BY ?{target} ?{target}Label{having}\nORDER BY {direction}(?number) STR(?{target}Label) ?{target}"
    head = f"SELECT ?{target} ?{target}Label (COUNT(DISTINCT {counted}) AS ?number)"
    return _query(head, lines, tail + (f"\nLIMIT {limit}" if limit else ""))


def replace_target(form: Form) -> Form:
    """Return ``form`` with its constraints alone, read of the items."""
    return replace(form, target="item")


def _query(head: str, lines: list[str], tail: str) -> str:
    text = "\n".join(f"  {line}" for line in lines if line)
    used = [p for p in _USED if f"{p}:" in text + head]
    prefixes = "\n".join(f"PREFIX {p}: <{PREFIXES[p]}>" for p in used)
    return f"{prefixes}\n\n{head}\nWHERE {{\n{text}\n}}\n{tail}".rstrip() + "\n"


_ITEM_LABEL: Final = [
    "?item gt:itemNumber ?number ; dcterms:isPartOf ?report ; oa:hasSelector/oa:exact ?quote .",
    "?report skos:prefLabel ?reportLabel .",
    'BIND(CONCAT(STR(?reportLabel), ", item ", STR(?number)) AS ?itemLabel)',
]


def _label(kind: str) -> list[str]:
    name = variable(kind)
    if kind == "item":
        return []
    if kind in ("commitment", "priority"):
        return [
            f"?{name} skos:notation ?{name}Number ; skos:prefLabel ?{name}Words .",
            f'BIND(CONCAT(STR(?{name}Number), " ", STR(?{name}Words)) AS ?{name}Label)',
        ]
    if kind == "lpa":
        return [
            f"?{name} skos:prefLabel ?{name}Name .",
            f'BIND(IF(EXISTS {{ ?{name} a gt:PoliceForce }}, "Force-wide", STR(?{name}Name)) AS ?{name}Label)',
        ]
    return [f"?{name} skos:prefLabel ?{name}Label ."]


def _body(form: Form) -> tuple[list[str], bool]:
    """Return the patterns, and whether they bind an item."""
    names = _Names()
    target = f"?{variable(form.target)}"
    same = [c for c in form.constraints if not c.negated and c.kind == form.target and c.entities and not c.beside]
    positive = [c for c in form.constraints if not c.negated and c not in same]
    with_item = bool(positive) or form.target not in _CLASS or bool(form.group)
    lines = [f"VALUES {target} {{ {' '.join(serialise(e.iri) for e in c.entities)} }}" for c in same]
    if not with_item:
        lines.append(f"{target} a {_CLASS[form.target]} .")
    else:
        lines += _target(form, names)
        lines += _positive(replace(form, constraints=tuple(c for c in form.constraints if not c.apart)), names)
        for place, c in enumerate(c for c in form.constraints if c.apart and not c.negated):
            lines += _of_its_own(form, c, place)
        if form.group and not form.loose:
            lines += _link(form.group, f"?{variable(form.group)}", names, "?item", _mode(form))
    negative = [c for c in form.constraints if c.negated]
    lines += _negative(form, negative, names)
    return [*names.values, *lines], with_item


def _of_its_own(form: Form, c: Constraint, place: int) -> list[str]:
    """Return that an item of its own, under the other conditions too, brings the thing asked for together with ``c``.

    "Partners in both North and West": no item is in both.
    """
    names = _Names(count=LATER * (place + 2))
    others = tuple(o for o in form.constraints if o.kind != c.kind and not o.negated)
    alone = replace(form, constraints=(*others, replace(c, apart=False)))
    text = "\n".join([*_target(alone, names), *_positive(alone, names)])
    for name in ("item", "quote"):
        text = re.sub(rf"\?{name}\b", f"?{name}{place + 2}", text)
    return [*names.values, *text.split("\n")]


def _mode(form: Form) -> str:
    kinds = {form.target, *(c.kind for c in form.constraints if not c.negated)}
    return "operation" if "operation" in kinds else "item"


def _target(form: Form, names: _Names) -> list[str]:
    if form.target == "item":
        return ["?item a gt:EvidenceItem ."]
    lines = ["?item a gt:EvidenceItem ; gt:namesOperation ?operation ."] if _mode(form) == "operation" else []
    if form.target == "operation":
        return lines
    if form.named:
        return [*lines, "?item gt:involvesPartner|gt:namesBody ?partner ; a gt:EvidenceItem ."]
    if form.target == "report":
        return [*lines, "?item dcterms:isPartOf ?report ; a gt:EvidenceItem ."]
    return lines + _link(form.target, f"?{variable(form.target)}", names, "?item", _mode(form))


def _positive(form: Form, names: _Names) -> list[str]:
    lines: list[str] = []
    mode = _mode(form) if form.target != "item" else "item"
    for c in form.constraints:
        if c.negated or (c.kind == form.target and c.entities and form.target != "item" and not c.beside):
            continue
        if c.words:
            lines += [_words(w) for w in c.words]
            if "?quote" not in " ".join(lines[: -len(c.words)]):
                lines.insert(0, "?item oa:hasSelector/oa:exact ?quote .")
            continue
        lines += _met(form, c, names, mode)
    return lines


def _met(form: Form, c: Constraint, names: _Names, mode: str) -> list[str]:
    """Return that an item, or what is asked for, meets a condition on things."""
    schemes = tuple(e for e in c.entities if c.kind == "partner" and e.kind == "programme")
    if schemes and form.target == "item":
        return [f"?item gt:involvesPartner|gt:namesProgramme|gt:namesBody {names.bound(c.entities)} ."]
    value = names.bound(tuple(e for e in c.entities if e not in schemes)) if c.entities else names.fresh()
    if c.kind == "partner-type" and form.target == "partner":
        lines = [f"?partner org:classification {value} .", *_called(c, names)]
    elif c.kind in ("operation", "item") and c.entities and c.kind in (mode, "item"):
        lines = [f"VALUES ?{c.kind} {{ {' '.join(serialise(e.iri) for e in c.entities)} }}"]
    elif c.kind == "operation" and mode == "operation":
        lines = []
    elif c.mention and c.entities:
        lines = _mentioned(c, value, names)
    else:
        lines = _link(c.kind, value, names, "?item", mode)
    if c.beside:
        lines.append(_none_of(form, c))
    if c.only:
        lines += (_only if form.target == "operation" else _only_of_items)(form, c, value, names)
    return lines


def _called(c: Constraint, names: _Names) -> list[str]:
    """Return that the name of the body asked for has what people mean by its type: "councils" are called so."""
    label = names.fresh() if c.called else ""
    has = _words(rf"\b{c.called}\b", f"STR({label})")
    return [f"?partner skos:prefLabel {label} .", has] if c.called else []


def _mentioned(c: Constraint, value: str, names: _Names) -> list[str]:
    """Return that an item names a thing in any way; of a type, that it names anything of it."""
    mention, body = names.fresh(), names.fresh() if c.kind == "partner-type" else value
    of_type = [f"{body} org:classification {value} ."] if body != value else []
    return [f"{mention} gt:inPassage ?item ; gt:refersTo {body} .", *of_type]


def _none_of(form: Form, c: Constraint) -> str:
    return f"FILTER(?{variable(form.target)} NOT IN ({', '.join(serialise(e.iri) for e in c.entities)}))"


def _only(_form: Form, c: Constraint, value: str, names: _Names) -> list[str]:
    other, link = names.fresh(), names.fresh()
    same = (
        f"FILTER NOT EXISTS {{ {other} org:classification {value} }}"
        if c.kind == "partner-type"
        else (f"FILTER({other} != {value})")
    )
    return [
        "FILTER NOT EXISTS {",
        f"  {link} rdf:subject ?operation ; rdf:predicate {_OPERATION[c.kind][0]} ; rdf:object {other} .",
        f"  {same}",
        "}",
    ]


def _only_of_items(form: Form, c: Constraint, value: str, names: _Names) -> list[str]:
    """Return that no item brings the thing asked for together with another of the kind: "partners only in the West"."""
    other, item = names.fresh(), names.fresh()
    target = f"?{variable(form.target)}"
    inner = [*_link(form.target, target, names, item, "item"), *_link(c.kind, other, names, item, "item")]
    return ["FILTER NOT EXISTS {", *(f"  {line}" for line in inner), f"  FILTER({other} != {value})", "}"]


def _negative(form: Form, negative: list[Constraint], names: _Names) -> list[str]:
    """Return what there must not be: all of it at once where no evidence is asked for, else each by itself."""
    if not negative:
        return []
    together = any(c.kind == "item" for c in negative)
    groups = [negative] if together else [[c] for c in negative]
    lines = []
    for constraints in groups:
        item = "?item" if form.target == "item" else names.fresh()
        inner = []
        if form.target not in ("operation", "item"):
            inner += _link(form.target, f"?{variable(form.target)}", names, item, "item")
        for c in constraints:
            if c.words:
                if form.target == "operation":
                    inner.append(f"{item} gt:namesOperation ?operation .")
                quote = names.fresh()
                inner += [f"{item} oa:hasSelector/oa:exact {quote} .", *(_words(w, quote) for w in c.words)]
                continue
            if c.kind == form.target and c.entities:
                lines.append(_none_of(form, c))
                continue
            value = names.bound(c.entities) if c.entities else names.fresh()
            if (form.target, c.kind) == ("partner", "partner-type"):
                inner = [f"?partner org:classification {value} ."]
                continue
            if (form.target, c.kind) == ("partner", "operation"):
                inner = _link("partner", "?partner", names, item, "operation", value)
                continue
            mode = "operation" if form.target == "operation" else "item"
            if c.mention and not c.entities:
                inner += [*_mentioned(c, value, names), f"{value} a gt:Partner ."]
                continue
            inner += _link(c.kind, value, names, item, mode)
        if not any(c.words or c.kind != form.target or not c.entities for c in constraints):
            continue
        values = [v for v in names.values if any(v.split()[1] in line for line in inner)]
        names.values = [v for v in names.values if v not in values]
        lines += ["FILTER NOT EXISTS {", *(f"  {line}" for line in [*values, *inner]), "}"]
    return lines


def _link(kind: str, value: str, names: _Names, item: str, mode: str, operation: str = "?operation") -> list[str]:
    fresh = names.fresh()
    if kind == "theme" and value == f"?{variable(kind)}":
        # Of themes that are asked for themselves those are meant that something is said to be about, no wider ones.
        direct = "rdf:object {value} ." if mode == "operation" else "gt:aboutTheme {value} ."
        link = f"{fresh} rdf:subject {operation} ; rdf:predicate gt:tackles ; prov:wasDerivedFrom {item} ;"
        return [f"{link if mode == 'operation' else item} {direct.format(value=value)}"]
    if mode == "operation" and kind in _OPERATION:
        predicate, thing, more = _OPERATION[kind]
        link = names.fresh()
        found = (
            f"{link} rdf:subject {operation} ; rdf:predicate {predicate} ; rdf:object {thing} ; "
            f"prov:wasDerivedFrom {item} ."
        )
        return [text.format(value=value, fresh=fresh) for text in (found, more) if text]
    text = _ITEM[kind].format(item=item, value=value, fresh=fresh)
    return [text] if text else []


def _words(word: str, quote: str = "?quote") -> str:
    return f'FILTER(REGEX({quote}, {serialise(Literal(word))}, "i"))'


def _figures(form: Form) -> str:
    quantity = form.quantity
    if quantity is None:
        raise TypeError("figures are asked for by a quantity")
    names = _Names()
    lines = [
        "?figure a gt:Figure ; gt:inPassage ?item ; sdmx-measure:obsValue ?value ; gt:unitName ?unit ; gt:role ?role .",
        f"FILTER(?role = {serialise(quantity.role)} && ?unit = {serialise(Literal(quantity.unit))})",
        "FILTER NOT EXISTS { ?figure gt:implied true }",
    ]
    if quantity.measure:
        lines.append(f"?figure gt:ofMeasure {serialise(quantity.measure)} .")
    if quantity.what:
        lines += ["?figure gt:what ?what .", f"FILTER(STR(?what) = {serialise(Literal(quantity.what))})"]
    if quantity.period:
        lines += ["?figure gt:periodText ?period .", f"FILTER(STR(?period) = {serialise(Literal(quantity.period))})"]
    lines += _positive(replace_target(form), names)
    lines += _ITEM_LABEL
    lines += [_words(word) for word in quantity.item_words]
    columns, order = "?value ?unit ?figure ?item ?itemLabel ?quote", "STR(?reportLabel) ?number ?figure"
    if form.group:
        lines += [_ITEM[form.group].format(item="?item", value=f"?{form.group}"), *_label(form.group)]
        lines += ["FILTER NOT EXISTS { ?lpa a gt:PoliceForce }"] if form.group == "lpa" else []
        columns = f"?{form.group} ?{form.group}Label {columns}"
        order = f"{'DESC' if form.descending else 'ASC'}(?value) {order}"
    return _query(f"SELECT DISTINCT {columns}", [*names.values, *lines], f"ORDER BY {order}")


def items(constraints: tuple[Constraint, ...]) -> str:
    """Return the query for the items that meet ``constraints``."""
    names = _Names()
    form = Form("rows", "item", constraints)
    lines = _positive(form, names)
    return _query("SELECT DISTINCT ?item", [*names.values, "?item a gt:EvidenceItem .", *lines], "")


def address(term: object) -> URIRef:
    """Return a term of a row as the address that it is."""
    return URIRef(str(term))
