from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from graph.errors import GoldenThreadError
from graph.settings import Settings


def test_without_an_environment_the_defaults_hold() -> None:
    found = Settings.from_environment({})
    assert found == Settings()
    assert (found.store, found.endpoint, found.host, found.port) == (Path(".goldenthread"), None, "127.0.0.1", 8000)


def test_the_environment_sets_each() -> None:
    env = {
        "GOLDENTHREAD_STORE": "/s", "GOLDENTHREAD_ENDPOINT": "http://e/", "GOLDENTHREAD_HOST": "::1",
        "GOLDENTHREAD_PORT": "9000", "GOLDENTHREAD_FORCES": "/f",
    }  # fmt: skip
    found = Settings.from_environment(env)
    assert (found.store, found.endpoint, found.host, found.port) == (Path("/s"), "http://e/", "::1", 9000)
    assert found.forces == Path("/f")


def test_the_environment_says_how_the_endpoint_is_reached() -> None:
    env = {
        "UPDATE": "http://e/update", "GRAPHS": "http://e/store", "DEFAULT_GRAPH": "urn:all", "USER": "ann",
        "PASSWORD": "p", "AUTH": "Digest", "TOKEN": "t", "TIMEOUT": "2.5",
    }  # fmt: skip
    found = Settings.from_environment({f"GOLDENTHREAD_ENDPOINT_{name}": value for name, value in env.items()})
    shown = {name: getattr(found, f"endpoint_{name.lower()}") for name in env}
    assert shown == {**env, "AUTH": "digest", "TIMEOUT": 2.5}


def test_secrets_are_not_shown() -> None:
    shown = repr(Settings(endpoint_user="ann", endpoint_password="hush", endpoint_token="psst"))  # noqa: S106
    assert "ann" in shown
    assert "hush" not in shown
    assert "psst" not in shown


@pytest.mark.parametrize("name", [field.name.upper() for field in dataclasses.fields(Settings)])
def test_a_setting_that_is_empty_is_not_given(name: str) -> None:
    assert Settings.from_environment({f"GOLDENTHREAD_{name}": ""}) == Settings()


@pytest.mark.parametrize("seconds", ["soon", "-1", "0", "0.0", "nan", "inf", "1e99"])
def test_a_time_that_is_none_is_named(seconds: str) -> None:
    with pytest.raises(GoldenThreadError, match="GOLDENTHREAD_ENDPOINT_TIMEOUT"):
        Settings.from_environment({"GOLDENTHREAD_ENDPOINT_TIMEOUT": seconds})


def test_an_unknown_authentication_is_named_with_those_there_are() -> None:
    with pytest.raises(GoldenThreadError, match="GOLDENTHREAD_ENDPOINT_AUTH is basic or digest"):
        Settings.from_environment({"GOLDENTHREAD_ENDPOINT_AUTH": "kerberos"})


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
