"""Answers that are wanted together: PostgreSQL is asked for all of them in one message (ADR 129).

Each journey to a server costs a page more than most of what it asks there. A question that waits is the one that is asked at
once: by the same statement, with its values, for whoever asks. SQLite lies in the same process, where nothing is gained by asking
together: there, each answer is asked for when it is looked at.
"""

from collections.abc import Callable, Iterator
from typing import Any, Protocol, Self

from django.db import DEFAULT_DB_ALIAS, connections


class Kept(Protocol):
    """A statement that was written once, and what makes an answer of the rows that a database gives."""

    @property
    def sql(self) -> str: ...

    def params(self, given: list[Any], connection: Any) -> tuple[Any, ...]: ...

    def answer(self, given: list[Any], connection: Any) -> Any: ...

    def read(self, found: list[Any]) -> Any: ...


class Later[Answer]:
    """An answer that is not here yet: made of others, or of what the database says. It is asked for once."""

    def __init__(self, made: Callable[..., Answer], *of: "Later[Any]") -> None:
        self._made, self._of = made, of

    @property
    def answer(self) -> Answer:
        return self._made(*(one.answer for one in self._of))

    def questions(self) -> "Iterator[Question[Any]]":
        for one in self._of:
            yield from one.questions()


class Question[Answer](Later[Answer]):
    """A prepared question with its values. `kept` is None where it has no statement of its own, or nothing is asked."""

    def __init__(self, alone: Callable[[], Answer], kept: Kept | None, given: list[Any]) -> None:
        super().__init__(alone)
        self.kept, self.given = kept, given
        self._found: list[Answer] = []

    @property
    def answer(self) -> Answer:
        if not self._found:
            kept, given = self.kept, self.given
            self._found.append(self._made() if kept is None else kept.answer(given, connections[DEFAULT_DB_ALIAS]))
        return self._found[0]

    def questions(self) -> Iterator[Self]:
        yield self

    def found(self, rows: list[Any], kept: Kept) -> None:
        self._found.append(kept.read(rows))


def together(*wanted: Later[Any]) -> None:
    """Have PostgreSQL asked for all of these at once; what cannot be asked so is asked when it is looked at, as on SQLite."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return
    asked = [(one, one.kept) for each in wanted for one in each.questions() if one.kept is not None]
    if not asked:
        return
    params = [param for one, kept in asked for param in kept.params(one.given, connection)]
    with connection.cursor() as cursor:
        cursor.execute("; ".join(kept.sql for _one, kept in asked), params)
        for place, (one, kept) in enumerate(asked):
            if place:
                cursor.nextset()
            one.found(cursor.fetchall(), kept)
