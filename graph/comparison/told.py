"""A comparison as JSON, and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.audit.arithmetic import shown
from graph.comparison import Compared, Comparison, Link
from graph.comparison.figures import Quoted, Stated, Step, Unjoined
from graph.comparison.sentences import Change, Sentence, SentenceChange, word_diff
from graph.namespaces import key_of

SIGNS = {Change.NEW: "+", Change.GONE: "-", Change.REWORDED: "~", Change.MOVED: ">", Change.SAME: "="}


def as_json(found: Comparison) -> dict[str, Any]:
    """Return the whole comparison: reports, counts, and the three levels; things by the last part of their address."""
    return {
        "from": _report(found.before),
        "to": _report(found.after),
        "counts": {
            "statements": {"added": len(found.added), "removed": len(found.removed)},
            "sentences": found.counts,
            "figures": {"compared": len(found.steps), "restated": sum(not q.agrees for q in found.quoted)},
        },
        "statements": [
            *(_link("added", link) for link in found.added),
            *(_link("removed", link) for link in found.removed),
        ],
        "sentences": [_sentence(change) for change in found.sentences],
        "figures": {
            "series": [_step(step) for step in found.steps],
            "same_days": [_quoted(quoted) for quoted in found.quoted],
            "not_joined": [_unjoined(one) for one in found.unjoined],
        },
    }


def _report(report: Compared) -> dict[str, str]:
    return {"id": report.key, "label": report.label, "force": key_of(report.force)}


def _link(change: str, link: Link) -> dict[str, Any]:
    return {
        "change": change,
        "subject": {"id": key_of(link.subject), "label": link.subject_label},
        "link": {"id": key_of(link.link), "label": link.link_label},
        "object": {"id": key_of(link.object), "label": link.object_label},
        "items": list(link.items),
    }


def _sentence(change: SentenceChange) -> dict[str, Any]:
    told: dict[str, Any] = {
        "change": str(change.change),
        "before": _side(change.before),
        "after": _side(change.after),
    }
    if change.change is Change.REWORDED and change.before and change.after:
        pieces = word_diff(change.before.text, change.after.text)
        told |= {
            "alike": change.alike,
            "numbers_only": change.numbers_only,
            "moved": change.moved,
            "words": [[piece.sign, piece.text] for piece in pieces],
        }
    return told


def _side(sentence: Sentence | None) -> dict[str, Any] | None:
    if sentence is None:
        return None
    return {
        "item": sentence.item or None,
        "commitment": sentence.commitment,
        "area": sentence.area,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        **_what(step.after),
        "before": _value(step.before),
        "after": _value(step.after),
        "change": step.difference,
        "change_pct": step.per_cent,
    }


def _quoted(quoted: Quoted) -> dict[str, Any]:
    return {
        **_what(quoted.said),
        "days": list(quoted.said.days),
        "said": _value(quoted.said),
        "quoted": _value(quoted.quoted),
        "agrees": quoted.agrees,
    }


def _unjoined(one: Unjoined) -> dict[str, Any]:
    sides = {"before": one.before, "after": one.after}
    return {
        "what": one.label,
        "why": one.why,
        **{
            name: [{**_value(figure), "area": figure.area, "unit": figure.unit} for figure in side]
            for name, side in sides.items()
        },
    }


def _what(figure: Stated) -> dict[str, Any]:
    measure = key_of(figure.measure) if figure.measure else None
    return {"measure": measure, "what": figure.label, "area": figure.area, "unit": figure.unit}


def _value(figure: Stated) -> dict[str, Any]:
    return {"report": key_of(figure.report), "item": figure.number, "value": figure.value, "text": figure.text}


def lines(found: Comparison) -> Iterator[str]:
    """Yield the comparison as lines: counts, figures, sentences that are not the same, links."""
    yield f"{found.before.label}  ->  {found.after.label}"
    yield ""
    yield f"figures: {len(found.steps)} compared, {sum(not q.agrees for q in found.quoted)} restated"
    for quoted in found.quoted:
        yield f"  {'=' if quoted.agrees else '!'} {quoted.said.label}, {quoted.said.area}: {quoted.words}"
    for step in found.steps:
        part = f" ({step.per_cent:+.1f} %)" if step.per_cent is not None else ""
        moved = shown(step.difference, step.after.unit) + part
        yield f"    {step.after.label}, {step.after.area}: {step.before.shown} -> {step.after.shown}, {moved}"
    for one in found.unjoined:
        before, after = (", ".join(figure.shown for figure in side) for side in (one.before, one.after))
        yield f"  ? {one.label}: {before} | {after}, not joined: {one.why}"
    yield "sentences: " + ", ".join(f"{number} {kind}" for kind, number in found.counts.items())
    for change in found.sentences:
        if change.change is not Change.SAME:
            yield f"  {SIGNS[change.change]} {_place(change)}: {_words(change)}"
    yield f"links: {len(found.added)} added, {len(found.removed)} removed"
    for sign, links in (("+", found.added), ("-", found.removed)):
        for link in links:
            yield f"  {sign} {link.subject_label} | {link.link_label} | {link.object_label}"


def _place(change: SentenceChange) -> str:
    sentence = change.after or change.before
    if sentence is None or not sentence.item:
        return "promise"
    return f"item {sentence.item}, {sentence.commitment} {sentence.area}"


def _words(change: SentenceChange) -> str:
    if change.change is Change.REWORDED and change.before and change.after:
        marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
        return " ".join(marks[p.sign].format(p.text) for p in word_diff(change.before.text, change.after.text))
    sentence = change.after or change.before
    return sentence.folded if sentence else ""
