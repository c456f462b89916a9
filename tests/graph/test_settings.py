from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from graph.errors import GoldenThreadError
from graph.settings import Settings


def test_without_an_environment_the_defaults_hold() -> None:
    assert Settings.from_environment({}) == Settings(Path(".goldenthread"), None, "127.0.0.1", 8000)


def test_the_environment_sets_each() -> None:
    env = {
        "GOLDENTHREAD_STORE": "/s", "GOLDENTHREAD_ENDPOINT": "http://e/", "GOLDENTHREAD_HOST": "::1",
        "GOLDENTHREAD_PORT": "9000",
    }  # fmt: skip
    found = Settings.from_environment(env)
    assert (found.store, found.endpoint, found.host, found.port) == (Path("/s"), "http://e/", "::1", 9000)


@pytest.mark.parametrize("name", ["STORE", "ENDPOINT", "HOST", "PORT"])
def test_a_setting_that_is_empty_is_not_given(name: str) -> None:
    assert Settings.from_environment({f"GOLDENTHREAD_{name}": ""}) == Settings()


@pytest.mark.parametrize("port", ["eighty", "80.5", " "])
def test_a_port_that_is_no_number_is_named(port: str) -> None:
    with pytest.raises(GoldenThreadError, match="GOLDENTHREAD_PORT"):
        Settings.from_environment({"GOLDENTHREAD_PORT": port})


LIMITS = ("SECONDS", "MEMORY", "ROWS", "BYTES", "WORKERS")


@pytest.mark.parametrize("name", LIMITS)
def test_the_environment_sets_each_limit_of_a_query(name: str) -> None:
    found = Settings.from_environment({f"GOLDENTHREAD_QUERY_{name}": "4096"})
    assert getattr(found, f"query_{name.lower()}") == 4096
    assert Settings.from_environment({f"GOLDENTHREAD_QUERY_{name}": ""}) == Settings()


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("value", ["none", "-1", "1e400", "nan", " "])
def test_a_limit_of_a_query_that_is_none_is_named(name: str, value: str) -> None:
    with pytest.raises(GoldenThreadError, match=f"GOLDENTHREAD_QUERY_{name} is a number"):
        Settings.from_environment({f"GOLDENTHREAD_QUERY_{name}": value})


def test_settings_do_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]
