"""Measure our phrase matcher beside spaCy's: start-up, time, memory, size, and what each finds.

python -m tests.measure_phrases

The measurement behind docs/adr/0011-own-phrase-matcher.md. spaCy is no dependency: install it where this is run, best
in an environment made for it. Each way runs in processes of its own, five times; the table has the medians.
"""

from __future__ import annotations

import gc
import importlib
import importlib.metadata as installed
import importlib.util
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUNS, REPEATS = 5, 10
MISSING = """\
spaCy is not installed here, so there is nothing to measure beside. In an environment made for this:
    python3 -m venv build/measure
    build/measure/bin/pip install -r requirements.lock
    build/measure/bin/pip install "spacy>=3.8,<3.9"
    build/measure/bin/python -m tests.measure_phrases"""

Span = tuple[int, int]
Find = Callable[[str], Iterable[Span]]
WAYS = {
    "ours": "our words and trie",
    "spacy": "spaCy, attr=LOWER",
    "folded": "spaCy on our folded words",
}
PROBES = (
    ("possessive inside", "Harbour Council Wardens", "met the Harbour Council's wardens", True),
    ("possessive at the end", "Harbour Council", "in Harbour Council\u2019s hall", True),
    ("plural of a label", "boat theft", "three boat thefts", True),
    ("singular of a label", "Night Pastors", "a Night Pastor", True),
    ("ampersand in the text", "Quay and Pier Watch", "Quay & Pier Watch met", True),
    ("ampersand in the label", "Quay & Pier Watch", "Quay and Pier Watch met", True),
    ("hyphen in the text", "cold calling", "a cold-calling gang", True),
    ("hyphen in the label", "cold-calling", "a cold calling gang", True),
    ("slash for a space", "Quay Pier", "the Quay/Pier patrol", True),
    ("verb form of a cue", "seize", "a boat was seized", True),
    ("another word, one letter apart", "Specials", "a special day", False),
    ("another word, same letters", "ONs", "on the quay", False),
)
"""What parts label and text, a label and a text, all invented, and whether a reader would take one for the other."""

_POSSESSIVE = re.compile(r"['\u2019]s?$")
_HYPHENS = re.compile(r"[-\u2010-\u2015\"'\u2018\u2019\u201c\u201d/*]+")


def prepare() -> dict[str, Any]:
    """Return the texts of the sample's items, the labels of the vocabulary, and the names that are read by label."""
    from graph import build
    from graph.model import Basis, Kind
    from graph.vocabulary import load_vocabulary

    vocabulary = load_vocabulary()
    texts: list[str] = []
    taken: list[tuple[int, int, int]] = []
    whole = 0.0
    for path in build.sample_reports():
        reading = build.read_mentions(build.read_report(path, vocabulary), vocabulary)
        for item in reading.report.items:
            # A name that the report or its form gave (an operation, a body unknown to us) no list of labels can find.
            taken += [
                (len(texts), m.start - item.start, m.end - item.start)
                for m in reading.mentions
                if m.item == item.number and m.basis is not Basis.FORM
            ]
            texts.append(item.words)
        # The first reading filled what is kept between readings, as the first of many reports does.
        begun = time.perf_counter()
        build.read_mentions(reading.report, vocabulary)
        whole += time.perf_counter() - begun
    names = {n for t in vocabulary.terms if t.kind is not Kind.THEME for n in (t.name, *t.aliases, *t.hints)}
    cues = {n for t in vocabulary.of(Kind.THEME) for n in (t.name, *t.aliases, *t.hints, *t.weak)}
    return {"texts": texts, "names": sorted(names), "cues": sorted(cues), "taken": taken, "whole": whole / len(texts)}


def ours(names: Sequence[str], cues: Sequence[str]) -> Find:
    """Names in the forms that ``words`` folds together, cues in inflected forms too: as the product reads."""
    from graph.mentions.words import Phrases, words

    plain, inflected = Phrases[None](), Phrases[None](inflected=True)
    for phrases, labels in ((plain, names), (inflected, cues)):
        for label in labels:
            phrases.add(label, None)

    def find(text: str) -> Iterable[Span]:
        found = words(text)
        for phrases in (plain, inflected):
            for first, last, _ in phrases.find(found):
                yield found[first].start, found[last - 1].end

    return find


def spacy(names: Sequence[str], cues: Sequence[str]) -> Find:
    """The blank English pipeline and its PhraseMatcher, letters' case aside."""
    nlp = importlib.import_module("spacy").blank("en")
    matcher = importlib.import_module("spacy.matcher").PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("label", list(nlp.tokenizer.pipe([*names, *cues])))

    def find(text: str) -> Iterable[Span]:
        doc = nlp.make_doc(text)
        for _, first, last in matcher(doc):
            yield doc[first].idx, doc[last - 1].idx + len(doc[last - 1])

    return find


def folded(names: Sequence[str], cues: Sequence[str]) -> Find:
    """The PhraseMatcher alone, given our words in the form we compare; inflected forms it cannot have."""
    from graph.mentions.words import words

    nlp = importlib.import_module("spacy").blank("en")
    doc_of = importlib.import_module("spacy.tokens").Doc
    matcher = importlib.import_module("spacy.matcher").PhraseMatcher(nlp.vocab, attr="ORTH")
    matcher.add("label", [doc_of(nlp.vocab, words=[w.norm for w in words(label)]) for label in (*names, *cues)])

    def find(text: str) -> Iterable[Span]:
        found = words(text)
        for _, first, last in matcher(doc_of(nlp.vocab, words=[w.norm for w in found])):
            yield found[first].start, found[last - 1].end

    return find


def run(way: str, given: dict[str, Any]) -> dict[str, Any]:
    """Make one way ready, read the texts again and again, and say what it took: in a process of its own."""
    begun = time.perf_counter()
    make = {"ours": ours, "spacy": spacy, "folded": folded}[way]
    find = make(given["names"], given["cues"])
    ready = time.perf_counter()
    texts = given["texts"]
    gc.collect()
    read = time.perf_counter()
    for text in texts * REPEATS:
        for _ in find(text):
            pass
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    spans = {(i, s, s + len(_POSSESSIVE.sub("", text[s:e]))) for i, text in enumerate(texts) for s, e in find(text)}
    return {
        "start": ready - begun,
        "item": (done - read) / len(texts) / REPEATS,
        "peak": peak,
        "spans": sorted(spans),
        "probes": [any(make([], [label])(text)) for _, label, text, _ in PROBES],
    }


def brought_by(*roots: str) -> set[str]:
    """Return the names of the packages that ``roots`` need here, themselves among them."""
    from packaging.requirements import Requirement

    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found:
            continue
        try:
            needs = installed.requires(name) or []
        except installed.PackageNotFoundError:
            continue
        found.add(name)
        requirements = [Requirement(text) for text in needs]
        waiting += [r.name for r in requirements if r.marker is None or r.marker.evaluate({"extra": ""})]
    return found


def installed_size() -> str:
    """Return the size and number of the packages that spaCy brings beyond those that the product has already."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    have = brought_by(*(re.split(r"[<>=!~ \[]", text)[0] for text in project["dependencies"]))
    more = brought_by("spacy") - have
    files = {Path(str(f.locate())) for name in more for f in installed.distribution(name).files or ()}
    size = sum(path.stat().st_size for path in files if path.is_file())
    return f"{size / 1e6:.0f} MB, {len(more)} packages"


def why(text: str, labels: frozenset[str], cue_forms: frozenset[tuple[str, ...]]) -> str:
    """Return what sets a span apart from every label: the first single difference that explains it."""
    lower = text.casefold()
    if lower in labels:
        return "as written, tokens cut otherwise"
    spoken = re.sub(r" ?& ?", " and ", lower)
    if spoken in labels or re.sub(r"\band\b", "&", lower) in labels:
        return "ampersand"
    bare = {" ".join(_HYPHENS.sub(" ", label).split()) for label in labels}
    if " ".join(_HYPHENS.sub(" ", lower).split()) in bare:
        return "hyphen, quote, slash or space"
    from graph.mentions.words import words

    norms = tuple(w.norm for w in words(text))
    if norms in cue_forms:
        inner = any(_POSSESSIVE.search(word) and "'" in word.replace("\u2019", "'") for word in lower.split())
        return "possessive inside a name" if inner else "plural or singular"
    return "verb form (-ed, -ing) of a cue"


def differences(given: dict[str, Any], found: dict[str, set[tuple[int, int, int]]]) -> list[str]:
    """Return lines that count what one way finds and the other does not, by what sets text and label apart."""
    from graph.mentions.words import words

    texts = given["texts"]
    labels = frozenset(label.casefold() for label in (*given["names"], *given["cues"]))
    forms = frozenset(tuple(w.norm for w in words(label)) for label in labels)
    taken = {(i, s, s + len(_POSSESSIVE.sub("", texts[i][s:e]))) for i, s, e in given["taken"]}
    lines = []
    for one, other in (("ours", "spacy"), ("spacy", "ours"), ("ours", "folded"), ("folded", "ours")):
        only = found[one] - found[other]
        lines.append(f"found by {WAYS[one]}, not by {WAYS[other]}: {len(only)}")
        kinds = Counter(why(texts[i][s:e], labels, forms) for i, s, e in only)
        kept = Counter(why(texts[i][s:e], labels, forms) for i, s, e in only & taken)
        lines += [f"    {kind}: {n}, of which {kept[kind]} are read as names" for kind, n in kinds.most_common()]
    reach = taken & found["ours"]
    lines.append(
        f"names that the product reads by label or cue: {len(reach)}; "
        + "; ".join(f"{len(reach & found[way])} among the spans of {WAYS[way]}" for way in WAYS if way != "ours")
    )
    return lines


def probes(results: dict[str, Any]) -> list[str]:
    """Return a table of the invented examples: what each way finds, and what it should."""
    lines = ["| what parts label and text | label | text | right | " + " | ".join(WAYS.values()) + " |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for number, (kind, label, text, right) in enumerate(PROBES):
        cells = ["found" if right else "not", *("found" if results[way]["probes"][number] else "not" for way in WAYS)]
        lines.append(f"| {kind} | {label} | {text} | " + " | ".join(cells) + " |")
    return lines


def child(*arguments: str) -> dict[str, Any]:
    """Run a part of this script in a process of its own, for times and memory that no other part has touched."""
    call = [sys.executable, "-m", "tests.measure_phrases", *arguments]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main(arguments: Sequence[str]) -> int:
    if importlib.util.find_spec("spacy") is None:
        print(MISSING, file=sys.stderr)
        return 1
    if arguments:
        print(json.dumps(run(arguments[0], json.loads(Path(arguments[1]).read_text())) if arguments[1:] else prepare()))
        return 0
    given = child("prepare")
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(given, file)
        file.flush()
        # In turn, not one after another: what else the machine does in the meantime falls on all alike.
        results = [{way: child(way, file.name) for way in WAYS} for _ in range(RUNS)]
    measured = ("start", "item", "peak")
    median = {way: {k: statistics.median(r[way][k] for r in results) for k in measured} for way in WAYS}
    found = {way: {(i, s, e) for i, s, e in results[0][way]["spans"]} for way in WAYS}
    code = sum((ROOT / "graph" / "mentions" / f"{name}.py").stat().st_size for name in ("words", "inflections"))
    more = installed_size()
    print(f"Python {platform.python_version()}, spaCy {installed.version('spacy')}, {platform.system()}, "
          f"{os.cpu_count()} cores; {len(given['texts'])} items, {REPEATS} times; "
          f"{len(given['names'])} names, {len(given['cues'])} cues\n")  # fmt: skip
    print("| | " + " | ".join(WAYS.values()) + " |\n| --- | ---: | ---: | ---: |")
    for title, key, factor, unit in (
        ("start-up: import and build", "start", 1e3, "ms"),
        ("time per item", "item", 1e6, "\u00b5s"),
        ("peak memory", "peak", 1, "MB"),
    ):
        print(f"| {title} | " + " | ".join(f"{median[way][key] * factor:.0f} {unit}" for way in WAYS) + " |")
    print(f"| installed besides what is there | {code / 1e3:.0f} kB | {more} | {more} |")
    print("| spans found | " + " | ".join(str(len(found[way])) for way in WAYS) + " |\n")
    print(f"reading an item whole (names, roles, figures), for scale: {given['whole'] * 1e6:.0f} \u00b5s")
    print("\n".join(differences(given, found)), end="\n\n")
    print("\n".join(probes(results[0])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
