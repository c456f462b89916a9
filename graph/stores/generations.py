"""Generations: how a store on disk changes without any reader ever seeing half a change.

    STORE/generations/000007/rdf/           the Oxigraph files, never written again
    STORE/generations/000007/manifest.json  counts, versions, digests: what it is
    STORE/generations/000007/text.sqlite    the text index: names and words of the evidence (graph.text_index)
    STORE/generations/000007/description.json  when it was published, and how much of what it holds
    STORE/generations/000007/answers/       what pages ask of the whole store, asked when it was published
    STORE/current -> generations/000007     switched atomically

A writer takes the lock, makes the next generation in a working folder (from a copy that shares
the unchangeable files by hard links), and only when all is written renames it and switches
``current``. A crash at any moment leaves the last whole generation (docs/adr/0008-generations.md).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import StoreUnavailable
from graph.namespaces import BASE, DEFAULT_BASE

KEEP = 3
"""Generations kept, the current one included: readers that opened an old one can finish, and one can roll back."""
_DIGITS = 6
"""Digits of the number in the name of a generation's folder."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One published state of the store."""

    number: int
    folder: Path

    @property
    def rdf(self) -> Path:
        """Folder of the Oxigraph files."""
        return self.folder / "rdf"

    @property
    def manifest(self) -> dict[str, Any]:
        """What the generation holds: counts, reports, versions. Raises: StoreUnavailable if it cannot be read."""
        try:
            content: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreUnavailable(f"{self.folder}: the manifest cannot be read: {error}") from error
        return content

    @property
    def description(self) -> dict[str, Any]:
        """When it was published and how much it holds; empty where an older release made it.

        Times are no part of the manifest, as equal reports give equal manifests. Raises: StoreUnavailable.
        """
        path = self.folder / "description.json"
        if not path.exists():
            return {}
        try:
            content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreUnavailable(f"{path}: cannot be read: {error}") from error
        return content

    @property
    def version(self) -> str:
        """The data version: number and digest, so that a store made anew never passes for an older one."""
        return f"{self.number}-{hashlib.sha256(json.dumps(self.manifest, sort_keys=True).encode()).hexdigest()[:8]}"


def check_base(generation: Generation) -> None:
    """Raise StoreUnavailable if the individuals of ``generation`` have other addresses than this process gives them."""
    built = generation.manifest.get("base", DEFAULT_BASE)
    if built != BASE:
        raise StoreUnavailable(
            f"{generation.folder}: this store was built for addresses under {built}, not {BASE}. "
            f"Set GOLDENTHREAD_BASE={built}, or build it anew",
            path=str(generation.folder),
        )


def current(store: Path) -> Generation | None:
    """Return the current generation of the store, or None if nothing has been built there."""
    try:
        target = (store / "current").readlink()
    except OSError:
        return None
    folder = store / target
    return Generation(int(folder.name), folder) if folder.is_dir() else None


def kept(store: Path, version: str) -> Generation | None:
    """Return the generation whose data version is ``version``, or None if the store no longer keeps it."""
    number = version.partition("-")[0]
    if not (number.isascii() and number.isdecimal() and len(number) <= _DIGITS):
        return None
    found = Generation(int(number), store / "generations" / f"{int(number):0{_DIGITS}d}")
    try:
        return found if found.version == version else None
    except StoreUnavailable:
        return None


class Draft:
    """The next generation while it is being made."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder = folder
        self.number = number
        self.manifest: dict[str, Any] = {}
        self.description: dict[str, Any] = {}

    @property
    def rdf(self) -> Path:
        """Folder of the Oxigraph files to be written."""
        return self.folder / "rdf"


@contextmanager
def draft(store: Path, *, fresh: bool) -> Iterator[Draft]:
    """Give a draft of the next generation; publish it when the block ends, discard it if the block raises.

    ``fresh`` starts empty; otherwise the draft begins as the current generation is.
    Raises: StoreUnavailable if the folder cannot be written, or another writer is at work.
    """
    try:
        (store / "generations").mkdir(parents=True, exist_ok=True)
        lock = (store / "lock").open("a")
    except OSError as error:
        raise StoreUnavailable(
            f"{store}: cannot write here: {error.strerror}. Choose another folder with --store", path=str(store)
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreUnavailable(
                f"{store}: another build or ingest is writing to this store. Try again when it has ended"
            ) from error
        _discard_drafts(store)
        before = current(store)
        numbers = [int(p.name) for p in (store / "generations").iterdir() if p.name.isdigit()]
        number = max([*numbers, before.number if before else 0]) + 1
        folder = store / "generations" / f"draft-{number:0{_DIGITS}d}"
        made = Draft(folder, number)
        try:
            if before and not fresh:
                shutil.copytree(before.rdf, made.rdf, copy_function=_link_or_copy)
            else:
                made.rdf.mkdir(parents=True)
            yield made
            _publish(store, made)
        except OSError as error:
            raise StoreUnavailable(f"{store}: cannot write the store: {_reason(error)}", path=str(store)) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        _prune(store, keep=number)


def _reason(error: OSError) -> str:
    # Copying a folder gathers what went wrong with each of its files: the first says enough.
    return str(error.args[0][0][2]) if isinstance(error, shutil.Error) else str(error)


def _publish(store: Path, made: Draft) -> None:
    (made.folder / "manifest.json").write_text(
        json.dumps({**made.manifest, "generation": made.number}, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    (made.folder / "description.json").write_text(json.dumps(made.description) + "\n", encoding="utf-8")
    _sync(made.folder)
    final = store / "generations" / f"{made.number:0{_DIGITS}d}"
    made.folder.rename(final)
    _sync_folder(store / "generations")
    pointer = store / "current.new"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(Path("generations") / final.name)
    pointer.replace(store / "current")
    _sync_folder(store)


def _link_or_copy(source: str, target: str) -> str:
    # RocksDB never changes a .sst file once written, so generations may share it; everything else is copied.
    if source.endswith(".sst"):
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)
    elif Path(source).name != "LOCK":
        shutil.copy2(source, target)
    return target


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        elif path.is_dir():
            _sync_folder(path)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _discard_drafts(store: Path) -> None:
    for path in (store / "generations").glob("draft-*"):
        shutil.rmtree(path, ignore_errors=True)


def _prune(store: Path, keep: int) -> None:
    for path in (store / "generations").iterdir():
        if path.name.isdigit() and int(path.name) <= keep - KEEP:
            shutil.rmtree(path, ignore_errors=True)
