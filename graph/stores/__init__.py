"""Opening a store: the one place where the kinds of store are chosen between."""

from __future__ import annotations

from typing import Protocol

from graph.errors import StoreUnavailable
from graph.settings import Settings
from graph.stores import answers
from graph.stores.base import Row, Store, Table
from graph.stores.generations import Generation, check_base, current, kept
from graph.stores.oxigraph import OxigraphStore
from graph.stores.pinned import EndpointReader

__all__ = ["Reader", "Row", "Store", "Table", "current_generation", "open_reader", "open_store"]


class Reader(Protocol):
    """Gives the store as it is now; hold what it gives for the length of one request."""

    def current(self) -> Store:
        """Return the store at its current version. Raises: StoreUnavailable."""
        ...

    def at(self, version: str) -> Store | None:
        """Return the store as it was at ``version``, or None if that is no longer kept. Raises: StoreUnavailable."""
        ...


class _GenerationReader:
    """Reopens the embedded store when a new generation has been published; opening one is cheap."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opened: tuple[Generation, OxigraphStore] | None = None

    def current(self) -> Store:
        generation = current_generation(self._settings)
        opened = self._opened
        if opened is None or opened[0] != generation:
            check_base(generation)
            opened = (generation, _opened(generation))
            self._opened = opened
        return opened[1]

    def at(self, version: str) -> Store | None:
        now = self.current()
        if version == now.version:
            return now
        generation = kept(self._settings.store, version)
        return _opened(generation) if generation else None


def _opened(generation: Generation) -> OxigraphStore:
    kept_ = answers.Answers(generation.folder / answers.FOLDER)
    return OxigraphStore.open(generation.rdf, generation.version, kept_)


def current_generation(settings: Settings) -> Generation:
    """Return the generation that is now current in the embedded store. Raises: StoreUnavailable if there is none."""
    generation = current(settings.store)
    if generation is None:
        raise StoreUnavailable(
            f"{settings.store}: there is no store here. Make one with: goldenthread build --store {settings.store}",
            path=str(settings.store),
        )
    return generation


def open_reader(settings: Settings) -> Reader:
    """Return a reader of the endpoint or the embedded store that ``settings`` name."""
    return EndpointReader(settings) if settings.endpoint else _GenerationReader(settings)


def open_store(settings: Settings) -> Store:
    """Return the store at its current version. Raises: StoreUnavailable if there is none."""
    return open_reader(settings).current()
