"""What a report says, as the JSON that outside programs read (``goldenthread extract``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.model import Check, Figure, Item, Kind, Mention, Reading, Vocabulary
from graph.statements import districts_of, item_districts, item_themes
from graph.unread import find_unread

Json = dict[str, Any]


def as_json(reading: Reading, vocabulary: Vocabulary) -> Json:
    """Return the reading as a JSON object; offsets count code points of the stored text, end exclusive."""
    report, document = reading.report, reading.report.document
    districts = _district_names(reading, vocabulary)
    items = [_item(reading, item, vocabulary, districts) for item in report.items]
    return {
        "report": {
            "id": report.id,
            "force": report.force_name,
            "title": report.title,
            "quarter": report.quarter.label if report.quarter else None,
            "period": {"start": report.quarter.start.isoformat(), "end": report.quarter.end.isoformat()}
            if report.quarter
            else None,
            "version": report.version,
            "produced": report.produced,
            "source": {
                "name": document.name,
                "media_type": document.media_type,
                "sha256": document.sha256,
                "pages": max((i.page for i in report.items if i.page), default=None),
                "characters": len(document.text),
            },
        },
        "priorities": [{"number": p.number, "label": p.label} for p in report.priorities],
        "commitments": [{"id": c.id, "priority": c.priority, "text": c.text} for c in report.commitments],
        "items": items,
        "operations": _operations(reading, items, vocabulary, districts),
        "plans": [
            {"commitment": p.commitment, "start": p.span.start, "end": p.span.end, "text": p.span.text}
            for p in report.plans
        ],
        "targets": [
            {
                "commitment": t.commitment,
                "value": t.value,
                "unit": t.unit,
                "role": str(t.role),
                "what": t.what,
                "start": t.clause[0],
                "end": t.clause[1],
                "text": t.text,
            }
            for t in reading.targets
        ],
        "proposed_measures": _proposed_measures(reading),
        "checks": [_check(check) for check in reading.checks],
        "unread": _unread(reading),
    }


def _district_names(reading: Reading, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the name of each district by its key: those of the vocabulary, and those found in the report."""
    found = {m.key: m.name for m in reading.mentions if m.kind is Kind.DISTRICT}
    return {**found, **{t.key: t.name for t in vocabulary.of(Kind.DISTRICT)}}


def _item(reading: Reading, item: Item, vocabulary: Vocabulary, districts: dict[str, str]) -> Json:
    mentions = reading.of_item[item.number]
    own, heading = item_themes(reading, item)
    return {
        "id": f"{reading.report.id}/item/{item.number}",
        "number": item.number,
        "priority": item.priority,
        "commitment": item.commitment,
        "area": item.area.name,
        "heading": item.heading,
        "page": item.page,
        "start": item.start,
        "end": item.end,
        "text": item.text,
        "operations": _names(mentions, Kind.OPERATION),
        "partners": [
            {
                "name": m.name,
                "type": _type_name(m, vocabulary),
                "start": m.start,
                "end": m.end,
                **({"role": m.role} if m.role else {}),
            }
            for m in mentions
            if m.kind is Kind.PARTNER and m.acting
        ],
        "units": _names(mentions, Kind.UNIT),
        "themes": list(own),
        "heading_themes": list(heading),
        "places": _names(mentions, Kind.PLACE),
        "districts": [districts[d] for d in item_districts(item, mentions, vocabulary)],
        "schemes": _names(mentions, Kind.PROGRAMME),
        "figures": [_figure(f) for f in reading.figures_of[item.number]],
    }


def _figure(figure: Figure) -> Json:
    return {
        "value": figure.value,
        "unit": figure.unit,
        "what": figure.what,
        "period": figure.period,
        "role": str(figure.role),
        **(
            {"dates": {"start": figure.dates[0].isoformat(), "end": figure.dates[1].isoformat()}}
            if figure.dates
            else {}
        ),
        "start": figure.start,
        "end": figure.end,
        **({"implied": True} if figure.implied else {}),
    }


def _check(check: Check) -> Json:
    return {
        "item": check.item,
        "kind": str(check.kind),
        "stated": check.stated,
        "recomputed": check.recomputed,
        "interval": [round(end, 4) for end in check.interval] if check.interval else None,
        "verdict": str(check.verdict),
        "arithmetic": check.arithmetic,
        "cause": check.cause,
        "figures": [
            {"value": f.value, "unit": f.unit, "item": f.item, "start": f.start, "end": f.end, "text": f.text}
            for f in check.figures
        ],
    }


def _names(mentions: Iterable[Mention], kind: Kind) -> list[str]:
    return list(dict.fromkeys(m.name for m in mentions if m.kind is kind))


def _type_name(mention: Mention, vocabulary: Vocabulary) -> str:
    return vocabulary.partner_types.get(mention.partner_type, mention.partner_type)


def _proposed_measures(reading: Reading) -> list[Json]:
    """Return what figures count that no measure of the vocabulary fits: the noun phrase, its unit and the items."""
    proposed: dict[tuple[str, str], set[int]] = {}
    for figure in reading.figures:
        if figure.what and not figure.measure and not figure.implied:
            proposed.setdefault((figure.what.casefold(), figure.unit), set()).add(figure.item)
    return [{"label": what, "unit": unit, "items": sorted(items)} for (what, unit), items in sorted(proposed.items())]


def _unread(reading: Reading) -> Json:
    unread = find_unread(reading)
    return {
        "sentences": [{"start": s.start, "end": s.end, "text": s.text} for s in unread.sentences],
        "numbers": [{"start": s.start, "end": s.end, "text": s.text} for s in unread.numbers],
        "coverage": {
            key: {"sentences": c.sentences, "read": c.read, "share": round(c.share, 3)}
            for key, c in unread.coverage.items()
        },
    }


def _operations(reading: Reading, items: list[Json], vocabulary: Vocabulary, districts: dict[str, str]) -> Json:
    by_number = {i["number"]: i for i in items}
    named: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        if mention.kind is Kind.OPERATION and mention.item is not None:
            named.setdefault(mention.name, []).append(mention)
    operations: Json = {}
    for name, mentions in sorted(named.items()):
        said = [m for mention in mentions for m in reading.said_with(mention)]
        own = [by_number[m.item] for m in mentions]
        full = [by_number[m.item] for m in mentions if not m.in_passing]
        partners = sorted({(m.name, _type_name(m, vocabulary)) for m in said if m.kind is Kind.PARTNER and m.acting})
        themes = {m.key for m in said if m.kind is Kind.THEME}
        operations[name] = {
            "lpas": sorted({i["area"] for i in own}),
            "districts": sorted(districts[d] for d in districts_of(said, vocabulary)),
            "themes": sorted(themes),
            "heading_themes": sorted({t for i in full for t in i["heading_themes"]} - themes),
            "partners": [{"name": n, "type": t} for n, t in partners],
            "partner_linked": bool(partners),
            "volunteer_only": bool(partners) and all(t == "volunteer" for _, t in partners),
            "items": sorted({i["number"] for i in own}),
            "aliases": list(reading.aliases.get(mentions[0].key, ())),
        }
    return operations
