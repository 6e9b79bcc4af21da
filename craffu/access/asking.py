"""Questions that every page asks again: written by Django once in a process, and asked with other values each time (ADR 114).

Django takes several times as long to write such a question as a database to answer it. What is kept is the statement alone:
no answer, nobody's rights and nothing of anybody. Who asks is looked at each time, and whatever of it changes the statement (what
is closed to them, how much of it) has a statement of its own; whoever has a reach of their own is asked for by Django as before.
"""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, Final, Protocol, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
    get_related_populators,
)

from craffu.access.acting import Acting
from craffu.access.later import Later, Question
from craffu.access.models import Force
from craffu.common.lookups import as_one

# So many shapes of one question are kept: who asks differs in how much is closed to them.
_MOST_SHAPES: Final = 64
# What stands in a statement where a value will: never a row's number, a text or an instant of the register.
_NUMBERS: Final = 7_405_000_000_000_000_000
_TEXT: Final = "given-7405-"
_FIRST_INSTANT: Final = datetime(1801, 2, 3, 4, 5, 6, tzinfo=UTC)
_ROWS: Final = (ModelIterable, ValuesIterable, ValuesListIterable, FlatValuesListIterable)


class NotOneStatement(TypeError):
    """A question that cannot be kept as a statement: a value of it decides what is asked, or stands where none can be given."""


class Asked[**P, Answer](Protocol):
    """A question as pages ask it: at once, or with others (`later.together`)."""

    def __call__(self, *values: P.args, **decides: P.kwargs) -> Answer: ...

    def later(self, *values: P.args, **decides: P.kwargs) -> Later[Answer]: ...


def prepared[**P, Row](ask: Callable[P, Iterable[Row]]) -> Asked[P, list[Row]]:
    """Make a function that returns a queryset one that returns its rows, from a statement that is written once.

    Its positional values are given anew each time: whoever asks (`Acting`), numbers, texts, days, instants, frozensets for
    `one_of` and tuples for `in`. None, a truth value and whatever is named decide what is asked: each has its own statement.
    Whatever else it reads it reads once.
    """
    statement = _statements(ask, is_number=False)

    @functools.wraps(ask)
    def asked(*values: P.args, **decides: P.kwargs) -> list[Row]:
        if _reach_ends(values):
            return list(ask(*values, **decides))
        found = statement(values, decides)
        return [] if found is None else cast(list[Row], found.answer(_given(values), connections[DEFAULT_DB_ALIAS]))

    return _askable(asked, statement)


def numbered[**P](ask: Callable[P, QuerySet[Any, Any]]) -> Asked[P, int]:
    """Make a function that returns a queryset one that returns how many rows it has, in the same way."""
    statement = _statements(ask, is_number=True)

    @functools.wraps(ask)
    def asked(*values: P.args, **decides: P.kwargs) -> int:
        if _reach_ends(values):
            return ask(*values, **decides).count()
        found = statement(values, decides)
        return 0 if found is None else cast(int, found.answer(_given(values), connections[DEFAULT_DB_ALIAS]))

    return _askable(asked, statement)


def _askable[**P, Answer](
    asked: Callable[P, Answer], statement: Callable[[Any, dict[str, Any]], "_Statement | None"]
) -> Asked[P, Answer]:
    def later(*values: P.args, **decides: P.kwargs) -> Later[Answer]:
        kept = None if _reach_ends(values) else statement(values, decides)
        return Question(functools.partial(asked, *values, **decides), kept, _given(values) if kept else [])

    asked.later = later  # type: ignore[attr-defined]
    return cast(Asked[P, Answer], asked)


def _reach_ends(values: Iterable[Any]) -> bool:
    """Whether somebody asks of whose reach much more differs than has a statement of its own."""
    return any(isinstance(one, Acting) and one.within is not None for one in values)


def _statements(ask: Callable[..., Any], *, is_number: bool) -> Callable[[Any, dict[str, Any]], "_Statement | None"]:
    """What gives the statement for some values, kept where it was written before; None where nothing is asked."""
    kept: dict[Any, _Statement] = {}

    def statement(values: Any, decides: dict[str, Any]) -> _Statement | None:
        shape = (connections[DEFAULT_DB_ALIAS].vendor, *map(_shape, values), *decides.items())
        found = kept.get(shape)
        if found is None:
            if len(kept) >= _MOST_SHAPES:
                kept.clear()
            found = _written(ask, values, decides, is_number=is_number)
            if found is not None:
                kept[shape] = found
        return found

    return statement


def _shape(value: Any) -> Any:
    """What of a value decides the statement."""
    match value:
        case None | bool():
            return value
        case Acting():
            return tuple((kind, len(closed)) for kind, closed in sorted(value.closed.items()))
        case tuple():
            return tuple, len(value)
    return type(value)


def _given(values: Iterable[Any]) -> list[Any]:
    """The values that a statement is given, in order."""
    given: list[Any] = []
    for value in values:
        match value:
            case None | bool():
                pass
            case Acting():
                given.append(value.force.pk)
                for _kind, closed in sorted(value.closed.items()):
                    given += closed
            case tuple():
                given += value
            case _:
                given.append(value)
    return given


def _written(
    ask: Callable[..., Any], values: Iterable[Any], decides: dict[str, Any], *, is_number: bool
) -> "_Statement | None":
    """The statement that Django writes with blanks for these values; None where nothing is asked, as of no values at all."""
    place = count()
    blanks = [_blank(value, place) for value in values]
    rows = ask(*blanks, **decides)
    # What is fetched beside the rows would be asked for by Django again.
    if rows._iterable_class not in _ROWS or rows._prefetch_related_lookups:
        raise NotOneStatement(f"{ask.__qualname__} gives neither rows nor values of a single statement")
    connection = connections[DEFAULT_DB_ALIAS]
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql(with_col_aliases=is_number)
    except EmptyResultSet as nothing:
        if _asks_anything(ask(*values, **decides)):
            raise NotOneStatement(f"{ask.__qualname__}: a blank is more than a column holds") from nothing
        return None
    places = [_as_param(blank, connection) for blank in _given(blanks)]
    slots = tuple(_Slot(param, places.index(param) if param in places else None) for param in params)
    # What is closed to somebody says nothing of rows that are restricted with something else.
    closed = {one for by in blanks if isinstance(by, Acting) for refs in by.closed.values() for one in refs}
    is_left = any(one not in params and one not in closed for one in places)
    if is_left or _is_blank(sql) or any(slot.place is None and _is_blank(slot.param) for slot in slots):
        raise NotOneStatement(f"{ask.__qualname__}: a value of it cannot be given to a statement")
    if is_number:
        sql = f"SELECT COUNT(*) FROM ({sql}) subquery"  # noqa: S608  # as Django counts what it wrote
    return _Statement(sql, slots, _number if is_number else _made(rows, compiler))


def _asks_anything(rows: QuerySet[Any]) -> bool:
    try:
        rows.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return False
    return True


def _blank(value: Any, place: "count[int]") -> Any:
    """What stands for a value while its statement is written."""
    match value:
        case None | bool():
            return value
        case Acting():
            # Nothing else of them may decide what is asked: it would then be asked of everybody.
            force = Force.from_db(DEFAULT_DB_ALIAS, ["id"], [_blank(0, place)])
            closed = {kind: frozenset(_blank("", place) for _ in refs) for kind, refs in sorted(value.closed.items())}
            nobody = cast(Any, None)
            return Acting(nobody, force, nobody, closed=closed, hidden=nobody, emergency=nobody, let_in=nobody)
        case tuple():
            return tuple(_blank(one, place) for one in value)
    for kind, blank in _BLANKS.items():
        if isinstance(value, kind):
            return blank(next(place))
    raise NotOneStatement(f"{type(value).__name__} is nothing that a statement is given")


# An instant is a day to Python, so it comes first.
_BLANKS: Final[dict[type, Callable[[int], Any]]] = {
    frozenset: lambda number: frozenset({_NUMBERS + number}),
    int: lambda number: _NUMBERS + number,
    str: lambda number: f"{_TEXT}{number}",
    datetime: lambda number: _FIRST_INSTANT + timedelta(minutes=number),
    date: lambda number: (_FIRST_INSTANT + timedelta(days=number)).date(),
}


def _is_blank(said: Any) -> bool:
    return _TEXT in str(said) or str(_NUMBERS)[:7] in str(said) or f"{_FIRST_INSTANT:%Y-}" in str(said)


def _as_param(value: Any, connection: Any) -> Any:
    """A value as Django hands it to this database."""
    match value:
        case frozenset():
            return as_one(value, connection)
        case datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case date():
            return connection.ops.adapt_datefield_value(value)
    return value


@dataclass(frozen=True, slots=True)
class _Slot:
    """A parameter of a statement: what always stands there, or which of the given values does."""

    param: Any
    place: int | None


@dataclass(frozen=True, slots=True)
class _Statement:
    """A question as Django wrote it, and what makes rows of an answer."""

    sql: str
    slots: tuple[_Slot, ...]
    made: Callable[[list[Any]], Any]

    def answer(self, given: list[Any], connection: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params(given, connection))
            return self.read(cursor.fetchall())

    def read(self, found: list[Any]) -> Any:
        """The answer that is made of what the database gives."""
        return self.made(found) if found else []

    def params(self, given: list[Any], connection: Any) -> tuple[Any, ...]:
        ready = [_as_param(value, connection) for value in given]
        return tuple([slot.param if slot.place is None else ready[slot.place] for slot in self.slots])


def _number(found: list[Any]) -> int:
    return int(found[0][0])


def _made(queryset: Any, compiler: Any) -> Callable[[list[Any]], list[Any]]:
    """What makes of a database's answer what Django makes of it (its `ModelIterable` and those of values).

    What Django finds out about the columns for each answer is found out once.
    """
    columns = [one for one, _written_as, _name in compiler.select[: compiler.col_count]]
    converted = _converted(compiler.get_converters(columns).items())
    if compiler.has_composite_fields(columns):
        raise NotOneStatement("a column of several is none that a row is made of")
    if queryset._iterable_class is FlatValuesListIterable:
        return lambda found: [row[0] for row in converted(found)]
    if queryset._iterable_class is ValuesIterable:
        asked = queryset.query
        named = list(asked.selected or (*asked.extra_select, *asked.values_select, *asked.annotation_select))
        return lambda found: [dict(zip(named, row, strict=False)) for row in converted(found)]
    if queryset._iterable_class is ValuesListIterable:
        return lambda found: [tuple(row) for row in converted(found)]
    fetched, of = queryset._fetch_mode, compiler.klass_info
    if fetched.track_peers or queryset._known_related_objects:
        raise NotOneStatement("a row that knows of others is made by Django")
    first, end = of["select_fields"][0], of["select_fields"][-1] + 1
    names = [one[0].target.attname for one in compiler.select[first:end]]
    from_db = functools.partial(of["model"].from_db, fetch_mode=fetched)
    related = get_related_populators(of, compiler.select, DEFAULT_DB_ALIAS, fetched)
    beside = list((compiler.annotation_col_map or {}).items())

    def made(found: list[Any]) -> list[Any]:
        rows = []
        for row in converted(found):
            one = from_db(DEFAULT_DB_ALIAS, names, row[first:end])
            for each in related:
                each.populate(row, one)
            for name, place in beside:
                setattr(one, name, row[place])
            rows.append(one)
        return rows

    return made


def _converted(converters: Iterable[Any]) -> Callable[[list[Any]], Iterable[Any]]:
    """What puts the values of some columns into the form that a row has them in."""
    every = [(place, convert, column) for place, (several, column) in converters for convert in several]
    if not every:
        return lambda found: found

    def converted(found: list[Any]) -> Iterable[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        for row in map(list, found):
            for place, convert, column in every:
                row[place] = convert(row[place], column, connection)
            yield row

    return converted
