"""Asks a store what an audit pack says it was asked, and tells what differs.

A pack comes from anywhere, so its query is treated as one from outside: read-only, fenced, within limits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from graph import queries
from graph.endpoint import open_endpoint
from graph.errors import BadParameter, BadQuery, QueryNotFound
from graph.fence.refusals import exceeded
from graph.fence.wire import Question
from graph.guard import read
from graph.namespaces import BASE, key_of, shortened
from graph.pack.content import Binding, Content, Row, as_json, digest, engine, grounds, solutions
from graph.pack.file import page
from graph.settings import Settings
from graph.stores import Store, open_store

_WIDEST = 80
"""Characters of a value that are shown."""
_PARTS = {"passages": "passage", "checks": "check", "reports": "report", "rules": "rule"}
"""Lists of a pack, and the name under which each entry tells its address."""
_WORDS = {"passages": "sentence", "checks": "check", "reports": "report", "rules": "rule"}
_FACTS = {
    "fileDigest": "its source file changed: SHA-256",
    "textDigest": "its stored text changed: SHA-256",
    "digest": "it changed: SHA-256",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of asking again."""

    differences: tuple[str, ...]
    """What the pack says and the store does not, or the other way round; none: they are identical."""
    notes: tuple[str, ...]
    """What else is not as it was, though the answer is: data and engine versions, reports that have come since."""


def compare(pack: Content, raw: bytes, settings: Settings) -> Comparison:
    """Ask the store of ``settings`` again what ``pack`` tells; ``raw`` is the file it was read from.

    Raises: BadQuery if the pack's query does more than read, or does not parse; LimitExceeded; StoreUnavailable.
    """
    reading = read(pack["question"]["sparql"])
    if reading.form != "SELECT":
        raise BadQuery("the query of the pack is no SELECT, and a pack holds rows")
    if max(len(pack["rows"]), len(pack["passages"])) > settings.query_rows:
        raise exceeded("rows", settings.query_rows)
    store = open_store(settings)
    with closing(open_endpoint(settings)) as endpoint:
        answer = endpoint.ask(Question(pack["question"]["sparql"], solutions="json", triples=None))
    columns, rows = solutions(answer.body)
    now = grounds(store, rows, (str(passage["passage"]) for passage in pack["passages"]))
    differences = [*_of_the_file(pack, raw), *_of_columns(pack, columns), *_of_rows(pack["rows"], rows)]
    notes: list[str] = []
    for part in _PARTS:
        for line, grave in _of_facts(part, pack[part], now[part]):
            (differences if grave else notes).append(line)
    return Comparison(tuple(differences), (*notes, *_of_versions(pack, store), *_of_the_question(pack, store)))


def _of_the_file(pack: Content, raw: bytes) -> Iterator[str]:
    if digest(pack) != pack["digest"]:
        yield f"the pack: its data were changed after it was made: SHA-256 {digest(pack)}, and it says {pack['digest']}"
    # Made by other code, the page may rightly look otherwise.
    if pack["engine"] == engine() and page(pack) != raw:
        yield "the pack: its page says something else than its data"
    if pack["data"]["base"] != BASE:
        yield f"the pack: its addresses begin with {_short(pack['data']['base'])}, and those of this store with {BASE}"


def _of_columns(pack: Content, columns: Sequence[str]) -> Iterator[str]:
    if pack["columns"] != columns:
        yield f"columns: the pack has {_short(', '.join(pack['columns']))}, and the store {_short(', '.join(columns))}"


def _of_rows(told: Sequence[Row], found: Sequence[Row]) -> Iterator[str]:
    """Yield the rows that differ, by their number in the pack; a row that has another in its place with its columns."""
    left, right = [as_json(row) for row in told], [as_json(row) for row in found]
    gone = _surplus(left, Counter(right))
    come = _surplus(right, Counter(left))
    if not gone and not come and left != right:
        first = next(n for n, (one, other) in enumerate(zip(left, right, strict=True), 1) if one != other)
        yield f"row {first}: from here on the rows are in another order"
    if len(gone) == len(come):
        # As many came as went: each is most likely what the other has become.
        for old, new in zip(gone, come, strict=True):
            yield f"row {old + 1}: {'; '.join(_cells(told[old], found[new]))}"
        return
    for old in gone:
        yield f"row {old + 1}: the store no longer has it: {_row(told[old])}"
    for new in come:
        yield f"a row that the pack does not have: {_row(found[new])}"


def _surplus(rows: Iterable[str], others: Counter[str]) -> list[int]:
    """Return the places of the rows that are not among ``others``, each of which stands for one."""
    found = []
    for place, row in enumerate(rows):
        if others[row] > 0:
            others[row] -= 1
        else:
            found.append(place)
    return found


def _cells(old: Row, new: Row) -> Iterator[str]:
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield f"{_short(name)}: the pack has {_cell(old.get(name))}, and the store {_cell(new.get(name))}"


def _row(row: Row) -> str:
    return "; ".join(f"{name} {_cell(cell)}" for name, cell in row.items() if f"{name}Label" not in row)[:400]


def _cell(cell: Binding | None) -> str:
    if cell is None:
        return "nothing"
    return shortened(cell["value"]) if cell["type"] == "uri" else f"\u201c{_short(cell['value'])}\u201d"


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}\u2026"


def _of_facts(
    part: str, told: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, bool]]:
    """Yield how what rows rest on differs, and whether that makes the pack another; a report that has come does not."""
    name = _PARTS[part]
    old, new = {str(f[name]): f for f in told}, {str(f[name]): f for f in found}
    for address in dict.fromkeys([*old, *new]):
        before, after = old.get(address), new.get(address)
        if before == after:
            continue
        thing = f"{_WORDS[part]} {_place(address)}"
        if before is None:
            # What has come since is a difference where a row has come with it, and that row is told.
            yield f"{thing}: it has come since the pack was made", part == "checks"
        elif after is None:
            yield f"{thing}: the store no longer has it", True
        else:
            for fact in sorted({*before, *after}):
                if before.get(fact) != after.get(fact):
                    words = _FACTS.get(fact, f"{_short(fact)}:")
                    was, is_ = (_short(one.get(fact, "nothing")) for one in (before, after))
                    yield f"{thing}: {words} was {was}, is {is_}", True


def _place(address: str) -> str:
    path = address.removeprefix(BASE)
    return _short(path.removeprefix("report/")) if path != address else key_of(_short(address))


def _of_versions(pack: Content, store: Store) -> Iterator[str]:
    if pack["data"]["version"] != store.version:
        yield f"data version: was {_short(pack['data']['version'])}, is {store.version}"
    for name, made_by in engine().items():
        if pack["engine"].get(name) != made_by:
            yield f"engine: {name} was {_short(pack['engine'].get(name))}, is {made_by}"


def _of_the_question(pack: Content, store: Store) -> Iterator[str]:
    """Yield whether the question of that name asks something else today than it did for the pack."""
    asked = pack["question"]
    try:
        today = queries.bind(store, queries.question(asked["name"]), asked["parameters"])
    except (QueryNotFound, BadParameter) as error:
        yield f"question {_short(asked['name'])}: it is not asked here like this: {_short(error.message)}"
        return
    if today != asked["sparql"]:
        yield f"question {_short(asked['name'])}: its SPARQL here is not that of the pack, which was asked as it stands"
