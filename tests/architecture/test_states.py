"""Each status of each life cycle has an owner, an event and its moves, and can be reached (house, habit 1; ORD-09)."""

import importlib
from collections.abc import Iterator
from enum import Enum, StrEnum
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from craffu.access.roles import BY_KEY
from craffu.audit.events import EventKind
from craffu.audit.rules import Verb
from tests.architecture.source import of_craffu

EVENT = EventKind("lamp_lit", Verb.ALTERATION, "Lamp lit")


def life_cycles() -> list[str]:
    """The packages that have a `states.py`."""
    return [source.module.rpartition(".")[0] for source in of_craffu() if source.module.endswith(".states")]


def statuses_of(states: Any) -> type[Enum] | None:
    """The one enum that a `states.py` declares itself."""
    own = [
        value
        for value in vars(states).values()
        if isinstance(value, type) and issubclass(value, Enum) and value.__module__ == states.__name__
    ]
    return own[0] if len(own) == 1 else None


def events_of(events: Any, values: set[str]) -> dict[str, Any] | None:
    """The mapping of an `events.py` that names this life cycle's statuses."""
    maps = [value for name, value in vars(events).items() if name.endswith("_EVENTS") and isinstance(value, dict)]
    return next((found for found in maps if values & set(found)), None)


def faults_in(states: Any, events: Any) -> Iterator[str]:
    enum = statuses_of(states)
    if enum is None:
        yield f"{states.__name__} declares not exactly one enum of statuses"
        return
    moves: dict[Any, Any] = getattr(states, "MOVES", {})
    owners: dict[Any, str] = getattr(states, "OWNERS", {})
    happenings = events_of(events, {str(status.value) for status in enum}) or {}
    reached = {target for targets in moves.values() for target in targets}
    starts = [status for status in enum if status not in reached]
    for status in enum:
        if status not in moves:
            yield f"{status} has no moves"
        if owners.get(status) not in BY_KEY:
            yield f"{status} has no owner who could hold a right"
        if not isinstance(happenings.get(status.value), EventKind):
            yield f"{status} has no event"
    for stranger in (reached | set(moves) | set(owners)) - set(enum) - {None}:
        yield f"{stranger} is no status of {enum.__name__}"
    for stranger in set(happenings) - {status.value for status in enum}:
        yield f"{stranger} has an event and is no status of {enum.__name__}"
    # A life begins with None where it may begin anywhere, else with the one status that nothing leads to.
    if len(starts) > (0 if None in moves else 1):
        yield f"nothing leads to {', '.join(map(str, starts))}"


@pytest.mark.parametrize("package", life_cycles())
def test_every_status_has_an_owner_an_event_and_moves(package: str) -> None:
    states, events = (importlib.import_module(f"{package}.{name}") for name in ("states", "events"))
    assert list(faults_in(states, events)) == []


def test_there_are_life_cycles_to_check() -> None:
    assert {"craffu.cases", "craffu.intake"} <= set(life_cycles())


class Lamp(StrEnum):
    OFF = "off"
    ON = "on"


def lamp(**changed: Any) -> tuple[Any, Any]:
    states = ModuleType(__name__)
    states.Lamp = Lamp  # type: ignore[attr-defined]
    whole: dict[str, Any] = {
        "MOVES": {Lamp.OFF: {Lamp.ON}, Lamp.ON: set()},
        "OWNERS": {Lamp.OFF: "analyst", Lamp.ON: "analyst"},
        "LAMP_EVENTS": {"off": EVENT, "on": EVENT},
    }
    whole.update(changed)
    states.MOVES, states.OWNERS = whole["MOVES"], whole["OWNERS"]  # type: ignore[attr-defined]
    return states, SimpleNamespace(LAMP_EVENTS=whole["LAMP_EVENTS"])


def test_a_whole_life_cycle_is_fine() -> None:
    assert list(faults_in(*lamp())) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"MOVES": {Lamp.OFF: {Lamp.ON}}},
        {"MOVES": {Lamp.OFF: set(), Lamp.ON: set()}},
        {"MOVES": {None: {Lamp.OFF}, Lamp.OFF: set(), Lamp.ON: set()}},
        {"MOVES": {Lamp.OFF: {Lamp.ON, "broken"}, Lamp.ON: set()}},
        {"OWNERS": {Lamp.OFF: "analyst"}},
        {"OWNERS": {Lamp.OFF: "analyst", Lamp.ON: "nobody"}},
        {"LAMP_EVENTS": {"off": EVENT}},
        {"LAMP_EVENTS": {"off": EVENT, "on": None}},
        {"LAMP_EVENTS": {"off": EVENT, "on": EVENT, "broken": EVENT}},
        {"LAMP_EVENTS": {}},
    ],
)
def test_a_life_cycle_with_a_gap_is_found(changed: dict[str, Any]) -> None:
    assert list(faults_in(*lamp(**changed)))
