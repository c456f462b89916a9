"""Kills writers and web processes at random moments while reports come and go: ``make crash``.

One report is ingested in two forms by turns, so that the store has two whole states and no others. Each round starts an
``ingest``, kills it with SIGKILL at a moment drawn by a seeded generator (anywhere in its run, or while it writes), and
sometimes kills the web processes too. After each round: does the store open, is what it holds one of the two states,
is it the new one if the ingest said that it was done, and what did readers see meanwhile?
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from graph.build import build, ingest
from graph.settings import Settings
from graph.stores import open_store
from graph.stores.generations import current
from graph.stores.oxigraph import OxigraphStore
from tests.reports import OTHER_FORCE, SMALL
from tests.serving import free_port, serving

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "crash.md"
ROUNDS = 100
SEED = 20220331
WEB = 2
"""Web processes over the store."""
WEB_PAUSE = 6.0
"""Seconds between two killings of web processes: granian takes a faster row of them for a fault of ours, and stops."""
READ = "/questions/commitment-evidence.csv"


@dataclass
class Seen:
    """What was seen in all rounds; ``faults`` must stay empty."""

    rounds: int = 0
    writers_killed: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    web_killed: int = 0
    read: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Scene:
    """A store with two states, each with the report file that leads to it, its digest and its answer on the web."""

    store: Path
    reports: tuple[Path, Path]
    states: tuple[str, str]
    answers: tuple[bytes, bytes]


def digest(store: Path) -> str:
    """Return a digest of all that the store holds. Raises: StoreUnavailable if it does not open."""
    opened = open_store(Settings(store=store))
    assert isinstance(opened, OxigraphStore)
    return hashlib.sha256(opened.dump("nquads")).hexdigest()


def prepare(folder: Path) -> Scene:
    """Build the store, and learn its two states."""
    store, other = folder / "store", folder / "other"
    longer = SMALL[1].read_text(encoding="utf-8")
    one, two = folder / "one.txt", folder / "two.txt"
    one.write_text(longer, encoding="utf-8")
    # The same report without the last bullet of its text: another graph, other links, another register.
    two.write_text(longer[: longer.rstrip().rindex("\n- ")] + "\n", encoding="utf-8")
    states, answers = [], []
    build(other, [SMALL[0], OTHER_FORCE])
    for report in (two, one):
        ingest(other, [report])
        states.append(digest(other))
        answers.append(_answer(other))
    assert states[0] != states[1]
    assert answers[0] != answers[1]
    build(store, [SMALL[0], OTHER_FORCE, one])
    # Built at once or ingested later, it is the same graph.
    assert digest(store) == states[1]
    return Scene(store, (two, one), (states[0], states[1]), (answers[0], answers[1]))


def _answer(store: Path) -> bytes:
    from webapp import create_app

    site = create_app(Settings(store=store))
    body = site.test_client().get(READ).get_data()
    site.extensions["goldenthread-endpoint"].close()
    return body


@contextmanager
def reading(scene: Scene, address: str, seen: Seen) -> Iterator[None]:
    """Ask the site over and over while the block runs, and hold each answer against the two it may give."""
    stop = threading.Event()

    def read() -> None:
        while not stop.wait(0.02):
            try:
                with urllib.request.urlopen(address + READ, timeout=30) as answer:  # noqa: S310 our own address
                    body = answer.read()
            except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
                # A process that was killed takes the connections it had with it.
                seen.read[f"no answer: {type(error).__name__}"] += 1
                if isinstance(error, urllib.error.HTTPError):
                    seen.faults.append(f"a reader got status {error.code}")
                continue
            if body in scene.answers:
                seen.read["whole"] += 1
            else:
                seen.faults.append(f"a reader saw neither state: {len(body)} bytes")

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def web_processes(port: int) -> list[int]:
    """Return the processes that serve pages at ``port``: the children of the one that was started."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,command="], capture_output=True, text=True, check=True).stdout
    found = [line.split(None, 2) for line in listed.splitlines()]
    server = min((int(pid) for pid, _, command in found if f"--port {port}" in command), default=0)
    own = [(pid, command) for pid, parent, command in found if int(parent) == server]
    return [int(pid) for pid, command in own if "fence.worker" not in command and "resource_tracker" not in command]


def kill_web(port: int, chance: random.Random) -> int:
    """Kill one of the processes that serve pages, and return how many were killed."""
    served = web_processes(port)
    if not served:
        return 0
    os.kill(chance.choice(served), signal.SIGKILL)
    return 1


def drafts(store: Path) -> set[tuple[int, int]]:
    """Return what tells the drafts in ``store`` from those of writers before, which had the same names."""
    found = set()
    for path in (store / "generations").glob("draft-*"):
        with suppress(FileNotFoundError):  # published meanwhile
            status = path.stat()
            found.add((status.st_ino, status.st_ctime_ns))
    return found


def ended(writer: subprocess.Popen[str], seconds: float) -> bool:
    """Return whether ``writer`` ends of itself within ``seconds``."""
    try:
        writer.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def round_(scene: Scene, chance: random.Random, lasts: float, seen: Seen, kill_web: Callable[[], None]) -> None:
    """Ingest the other form of the report, and kill that at some moment; call ``kill_web`` some time before."""
    before = digest(scene.store)
    wanted = 1 - scene.states.index(before)
    command = [sys.executable, "-m", "graph", "ingest", "--store", str(scene.store), str(scene.reports[wanted])]
    old, number = drafts(scene.store), current(scene.store)
    begun: dict[str, tuple[Callable[[], bool], float]] = {
        "started": (lambda: True, 1.3),
        "wrote": (lambda: drafts(scene.store) not in (old, set()), 0.5),
        "published": (lambda: current(scene.store) != number, 0.02),
    }
    has_begun, share = begun[chance.choices(list(begun), (4, 5, 1))[0]]
    moment, before_web = chance.uniform(0, share * lasts), chance.random()
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as writer:
        while writer.poll() is None and not has_begun():
            time.sleep(0.001)
        ended(writer, moment * before_web)
        kill_web()
        if not ended(writer, moment * (1 - before_web)):
            writer.send_signal(signal.SIGKILL)
        said = writer.communicate()[1]
    wrote = drafts(scene.store) not in (old, set())
    check(scene, before, scene.states[wanted], writer.returncode, seen)
    if writer.returncode == -signal.SIGKILL:
        published = digest(scene.store) != before
        when = "after it published" if published else "while it wrote" if wrote else "before it wrote"
        seen.writers_killed[when] += 1
    elif writer.returncode != 0:
        seen.faults.append(f"an ingest ended with {writer.returncode}: {said[-200:]}")
    seen.rounds += 1


def check(scene: Scene, before: str, after: str, status: int, seen: Seen) -> None:
    """Hold what the store holds against what it may."""
    generation = current(scene.store)
    if generation is None:
        seen.faults.append("there is no store any more")
        return
    found = digest(scene.store)
    if found not in (before, after):
        seen.faults.append("the store is in neither state")
    if status == 0:
        seen.acknowledged += 1
        if found != after:
            seen.faults.append("an ingest that said it was done is lost")


def run(scene: Scene, rounds: int, say: Callable[[str], None], seed: int = SEED) -> Seen:
    """Do ``rounds`` rounds, tell ``say`` of each, and return what was seen."""
    chance = random.Random(seed)  # noqa: S311 so that a run can be had again
    seen = Seen()
    began = time.monotonic()
    command = [sys.executable, "-m", "graph", "ingest", "--quiet", "--store", str(scene.store)]
    subprocess.run([*command, str(scene.reports[0])], cwd=ROOT, check=True)
    lasts = time.monotonic() - began
    port = free_port()
    site = [sys.executable, "-m", "graph", "serve", "--store", str(scene.store)]
    site += ["--port", str(port), "--workers", str(WEB)]
    with serving(site, port) as address:
        last = time.monotonic()

        def kill_one() -> None:
            nonlocal last
            if time.monotonic() - last > WEB_PAUSE:
                seen.web_killed += kill_web(port, chance)
                last = time.monotonic()

        with reading(scene, address, seen):
            for _ in range(rounds):
                round_(scene, chance, lasts, seen, kill_one)
                say(f"{seen.rounds}/{rounds}: {line(seen)}")
        for _ in range(100):
            if _status(f"{address}/readyz") == 200:
                break
            time.sleep(0.1)
        else:
            seen.faults.append("the site no longer answers")
    return seen


def line(seen: Seen) -> str:
    """Return what was seen so far in one line."""
    killed = f"{seen.writers_killed.total()} writers and {seen.web_killed} web processes killed"
    return f"{killed}, {seen.acknowledged} done before, {seen.read['whole']} whole answers, faults: {seen.faults or 0}"


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 our own address
            return int(answer.status)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return 0


def page(seen: Seen) -> str:
    """Return docs/crash.md."""
    killed = "".join(f"| … {when} | {count} |\n" for when, count in sorted(seen.writers_killed.items()))
    faults = "".join(f"- {fault}\n" for fault in seen.faults) or "None.\n"
    return f"""# What is left after a crash

Written by `make crash`: {seen.rounds} ingests over a store that {WEB} web processes serve, each killed by SIGKILL at a
random moment (seed {SEED}), web processes now and then too, while a reader asks for the same table over and over.
After each: the store has to open, to be the graph of before or the one of after to the byte, and the one of after if
the ingest said that it was done.

| | times |
| --- | ---: |
| ingests | {seen.rounds} |
| killed | {seen.writers_killed.total()} |
{killed}| done before they were killed, and there afterwards | {seen.acknowledged} |
| web processes killed | {seen.web_killed} |
| answers that readers had, each of one whole state | {seen.read["whole"]} |

Faults:

{faults}"""


def main() -> int:
    """Do all rounds and write the page. Returns 1 if there was a fault."""
    rounds = int(os.environ.get("ROUNDS", ROUNDS))
    with tempfile.TemporaryDirectory() as folder:
        seen = run(prepare(Path(folder)), rounds, lambda said: print(said, file=sys.stderr, flush=True))
    text = page(seen)
    print(text)
    if rounds == ROUNDS:
        PAGE.write_text(text, encoding="utf-8")
    return 1 if seen.faults else 0


if __name__ == "__main__":
    sys.exit(main())
