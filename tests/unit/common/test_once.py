"""What is marked `once` is read once inside one piece of work, by the system alone, and anew everywhere else."""

from collections.abc import Collection
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from craffu.common.once import once, read_anew, reading_once

SYSTEM = SimpleNamespace(user=None, force=SimpleNamespace(pk=1))
ELSEWHERE = SimpleNamespace(user=None, force=SimpleNamespace(pk=2))
SOMEBODY = SimpleNamespace(user="an officer", force=SimpleNamespace(pk=1))


@dataclass(frozen=True)
class Row:
    pk: int


@pytest.fixture
def asked() -> list[Any]:
    return []


@pytest.fixture
def read(asked: list[Any]) -> Any:
    @once
    def question(by: Any, rows: Collection[Any], at: int) -> dict[int, str]:
        asked.append((by.force.pk, sorted(getattr(one, "pk", one) for one in rows), at))
        return {getattr(one, "pk", one): "answer" for one in rows}

    return question


@pytest.mark.parametrize(
    ("second", "times"),
    [
        ((SYSTEM, [2, 1], 7), 1),
        ((SYSTEM, [Row(1), Row(2)], 7), 1),
        ((SYSTEM, [1], 7), 2),
        ((SYSTEM, [1, 2], 8), 2),
        ((ELSEWHERE, [1, 2], 7), 2),
        ((SOMEBODY, [1, 2], 7), 2),
    ],
    ids=[
        "the same",
        "by its rows",
        "other rows",
        "another instant",
        "another force",
        "somebody with a reach of their own",
    ],
)
def test_only_the_same_question_of_the_system_is_not_asked_again(
    read: Any, asked: list[Any], second: tuple[Any, ...], times: int
) -> None:
    with reading_once():
        assert read(SYSTEM, [1, 2], 7) == {1: "answer", 2: "answer"}
        assert read(*second) == dict.fromkeys((getattr(one, "pk", one) for one in second[1]), "answer")
    assert len(asked) == times


def test_it_is_kept_for_one_piece_of_work_and_what_lies_within_it(read: Any, asked: list[Any]) -> None:
    read(SYSTEM, [1], 7)
    read(SYSTEM, [1], 7)
    assert len(asked) == 2, "outside it is asked each time"
    with reading_once():
        read(SYSTEM, [1], 7)
        with reading_once():
            read(SYSTEM, [1], 7)
        read(SYSTEM, [1], 7)
    assert len(asked) == 3

    def fails() -> None:
        with reading_once():
            read(SYSTEM, [1], 7)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    read(SYSTEM, [1], 7)
    assert len(asked) == 5, "and gone with it, however it ended"


def test_what_is_written_there_is_read_there(read: Any, asked: list[Any]) -> None:
    read_anew()
    with reading_once():
        read(SYSTEM, [1], 7)
        read_anew()
        read(SYSTEM, [1], 7)
    assert len(asked) == 2


def test_what_one_takes_out_of_an_answer_stays_in_the_others(read: Any) -> None:
    with reading_once():
        read(SYSTEM, [1], 7).clear()
        assert read(SYSTEM, [1], 7) == {1: "answer"}
