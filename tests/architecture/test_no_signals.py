"""No model signal is connected from our code: what an action does can be read in the action (house, section 5)."""

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import signals
from django.dispatch import Signal

from craffu.people.models import Person
from tests.architecture.source import Source, of_craffu, of_text

SIGNALS = {name: signal for name, signal in vars(signals).items() if isinstance(signal, Signal)}
# A database connection is made with `connect(` too.
DRIVERS = {"duckdb", "psycopg", "sqlite3"}


def connected(signal: Signal) -> Iterator[str]:
    """Receivers that lie in our modules."""
    for entry in signal.receivers:
        for part in entry:
            receiver: Any = part() if type(part).__name__ in {"ReferenceType", "WeakMethod"} else part
            module = getattr(receiver, "__module__", "") or ""
            if callable(receiver) and module.split(".")[0] in {"craffu", __name__.split(".")[0]}:
                yield f"{module}.{getattr(receiver, '__qualname__', receiver)}"


def is_a_driver(call: ast.Call, names: tuple[str, ...]) -> bool:
    """Whether `connect` is a driver's, imported by name or loaded where it is there."""
    return names[0] in DRIVERS or any(f"'{driver}'" in ast.dump(call.func) for driver in DRIVERS)


def signals_used(source: Source) -> Iterator[str]:
    for call, names in source.calls:
        if names[-1:] == ("receiver",) or (names[-1:] == ("connect",) and not is_a_driver(call, names)):
            yield source.at(call, f"{'.'.join(names)}() connects a signal")
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            ("django.db.models.signals", "django.dispatch")
        ):
            yield source.at(node, "imports signals")


def test_no_model_signal_has_a_receiver_of_ours() -> None:
    assert len(SIGNALS) > 5
    assert {name: found for name, signal in SIGNALS.items() if (found := list(connected(signal)))} == {}


def test_no_module_connects_a_signal() -> None:
    assert [fault for source in of_craffu() for fault in signals_used(source)] == []


def _heard(**_: object) -> None: ...


def test_a_connected_receiver_is_found() -> None:
    signals.post_save.connect(_heard, sender=Person)
    try:
        assert list(connected(signals.post_save))
    finally:
        signals.post_save.disconnect(_heard, sender=Person)


@pytest.mark.parametrize(
    "bad",
    [
        "post_save.connect(f)",
        "signals.post_save.connect(f, sender=Case)",
        "@receiver(post_save)\ndef f(**kw): ...",
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
    ],
)
def test_a_module_that_connects_is_found(bad: str) -> None:
    assert list(signals_used(of_text(bad)))


@pytest.mark.parametrize("driver", sorted(DRIVERS))
@pytest.mark.parametrize("words", ["{}.connect(url)", "importlib.import_module('{}').connect()"])
def test_a_database_connection_is_no_signal(words: str, driver: str) -> None:
    assert list(signals_used(of_text(words.format(driver)))) == []
