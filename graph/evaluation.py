"""How well a report was read, against a gold file: precision, recall and every miss, kind by kind.

A gold file has the form of ``extract``'s JSON; a list in it may be ``{"must": [...], "may": [...]}``, where
what may be found is neither rewarded nor punished, and ``"either": [[...], ...]`` groups names of which one is
there. What a gold file leaves out is not judged.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.model import Kind, Vocabulary
from graph.namespaces import slug

Json = Mapping[str, Any]

_NAMED: dict[str, Kind] = {
    "operations": Kind.OPERATION,
    "partners": Kind.PARTNER,
    "units": Kind.UNIT,
    "places": Kind.PLACE,
    "districts": Kind.DISTRICT,
    "schemes": Kind.PROGRAMME,
}
_LISTS = (*_NAMED, "themes", "heading_themes", "figures", "figure roles")
_SINGLE = ("commitment", "area", "priority", "page")
_FLAGS = ("partner_linked", "volunteer_only")


@dataclass(slots=True)
class Score:
    """Counts of one kind: what was found and right, found and wrong, and missed, each with where."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        found = self.right + len(self.wrong)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 where nothing is there."""
        there = self.right + len(self.missed)
        return self.right / there if there else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def evaluate(extracted: Json, gold: Json, vocabulary: Vocabulary) -> dict[str, Score]:
    """Compare what ``extract`` gave with a gold file, item by item; returns a score for each kind the gold judges."""
    judge = _Judge(vocabulary)
    scores: dict[str, Score] = {}
    pairs = _align(extracted.get("items", []), gold.get("items", []))
    for found, wanted in pairs:
        where = f"item {(found or wanted or {}).get('number')}"
        judge.item(scores, where, found, wanted)
    if "operations" in gold and isinstance(gold["operations"], Mapping):
        judge.operations(scores, extracted.get("operations", {}), gold["operations"])
    return scores


def _align(found: Sequence[Json], wanted: Sequence[Json]) -> list[tuple[Json | None, Json | None]]:
    """Pair items by their first words where the gold has words, else by number."""
    keys = [_first_words(w) for w in wanted]
    if not all(keys):
        by_number = {f["number"]: f for f in found}
        pairs: list[tuple[Json | None, Json | None]] = [(by_number.pop(w["number"], None), w) for w in wanted]
        return pairs + [(f, None) for f in by_number.values()]
    shortest = min(len(k) for k in keys)
    ours = [_first_words(f)[:shortest] for f in found]
    matcher = difflib.SequenceMatcher(a=ours, b=[k[:shortest] for k in keys], autojunk=False)
    paired = {block.b + n: block.a + n for block in matcher.get_matching_blocks() for n in range(block.size)}
    taken = set(paired.values())
    pairs = [(found[paired[n]] if n in paired else None, w) for n, w in enumerate(wanted)]
    return pairs + [(f, None) for n, f in enumerate(found) if n not in taken]


def _first_words(item: Json) -> tuple[str, ...]:
    text = str(item.get("text") or item.get("starts") or "")
    return tuple(re.findall(r"\w+", text.casefold())[:6])


class _Judge:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._keys: dict[tuple[Kind, str], str] = {}
        for term in vocabulary.terms:
            for name in (*term.aliases, term.name):
                self._keys[term.kind, slug(name)] = term.key

    def item(self, scores: dict[str, Score], where: str, found: Json | None, wanted: Json | None) -> None:
        score = scores.setdefault("items", Score())
        if found is None or wanted is None:
            (score.missed if found is None else score.wrong).append(f"{where}: {_begin(found or wanted or {})}")
        else:
            score.right += 1
        if wanted is None:
            return
        for kind in _SINGLE:
            if wanted.get(kind) is not None:
                self._single(scores.setdefault(kind, Score()), where, (found or {}).get(kind), wanted[kind])
        for kind in _LISTS:
            source = "figures" if kind == "figure roles" else kind
            if source in wanted:
                must, may = self._wanted(kind, wanted[source])
                ours = self._names(kind, (found or {}).get(source, []))
                if isinstance(wanted[source], Mapping):
                    for group in wanted[source].get("either", []):
                        # One of several names is there: whichever was found counts once, the others are let be.
                        options = self._names(kind, group)
                        chosen = next((name for name in options if name in ours), next(iter(options)))
                        may += Counter(name for name in options if name != chosen)
                        must[chosen] = 1
                        may.pop(chosen, None)
                self._compare(scores.setdefault(kind, Score()), where, kind, ours, must, may)

    def operations(self, scores: dict[str, Score], found: Json, wanted: Json) -> None:
        for name, gold in wanted.items():
            ours = found.get(name, {})
            for flag in _FLAGS:
                if flag in gold:
                    self._single(scores.setdefault(f"operation {flag}", Score()), name, ours.get(flag), gold[flag])
            if "lpas" in gold:
                must, may = self._wanted("lpas", gold["lpas"])
                areas = self._names("lpas", ours.get("lpas", []))
                self._compare(scores.setdefault("operation areas", Score()), name, "lpas", areas, must, may)

    def _wanted(self, kind: str, value: Any) -> tuple[Counter[str], Counter[str]]:
        if isinstance(value, Mapping):
            return self._names(kind, value.get("must", [])), self._names(kind, value.get("may", []))
        return self._names(kind, value), Counter()

    def _names(self, kind: str, values: Iterable[Any]) -> Counter[str]:
        """Return what is compared: keys of the vocabulary for names, numbers for figures; figures count each time.

        A figure that is only implied is not judged: gold files hold what is stated.
        """
        if kind in ("figures", "figure roles"):
            stated = (v for v in values if not (isinstance(v, Mapping) and v.get("implied")))
            return Counter(_figure(v, with_role=kind == "figure roles") for v in stated)
        texts = {str(v["name"]) if isinstance(v, Mapping) else str(v) for v in values}
        if kind not in _NAMED:
            return Counter(texts)
        named = _NAMED[kind]
        return Counter({self._keys.get((named, slug(t)), slug(re.sub(r"(?i)^the ", "", t))) for t in texts})

    @staticmethod
    def _single(score: Score, where: str, found: object, wanted: Any) -> None:
        several = isinstance(wanted, Mapping)
        options = [*wanted.get("must", []), *wanted.get("may", [])] if several else [wanted]
        if found in options:
            score.right += 1
        else:
            score.wrong.append(f"{where}: {found!r}, not {options[0]!r}")
            score.missed.append(f"{where}: {options[0]!r}")

    @staticmethod
    def _compare(
        score: Score, where: str, kind: str, found: Counter[str], must: Counter[str], may: Counter[str]
    ) -> None:
        right = found & must
        score.right += right.total()
        extra = found - must - may
        if kind in ("figures", "figure roles"):
            score.wrong += sorted(f"{where}: {v}" for v in extra.elements())
        else:
            score.wrong += sorted(f"{where}: {v}" for v in extra)
        score.missed += sorted(f"{where}: {v}" for v in (must - found).elements())


def _figure(figure: Any, *, with_role: bool) -> str:
    value = f"{float(figure['value']):.6g}" if isinstance(figure, Mapping) else f"{float(figure):.6g}"
    return f"{value} {figure.get('role', '')}" if with_role and isinstance(figure, Mapping) else value


def _begin(item: Json) -> str:
    return " ".join(str(item.get("text") or item.get("starts") or "").split()[:8])


def as_table(scores: Mapping[str, Score]) -> str:
    """Return the scores as aligned text: kind, counts, precision, recall, F1."""
    lines = [f"{'kind':<24} {'right':>6} {'wrong':>6} {'missed':>7} {'precision':>10} {'recall':>7} {'F1':>6}"]
    for kind, s in scores.items():
        counts = f"{kind:<24} {s.right:>6} {len(s.wrong):>6} {len(s.missed):>7}"
        lines.append(f"{counts} {s.precision:>10.3f} {s.recall:>7.3f} {s.f1:>6.3f}")
    return "\n".join(lines)


def as_json(scores: Mapping[str, Score]) -> dict[str, Any]:
    """Return the scores as a JSON object, with every miss."""
    return {
        kind: {
            "right": s.right,
            "wrong": s.wrong,
            "missed": s.missed,
            "precision": round(s.precision, 4),
            "recall": round(s.recall, 4),
            "f1": round(s.f1, 4),
        }
        for kind, s in scores.items()
    }
