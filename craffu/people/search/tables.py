"""The index of the search: SQLite's FTS5 or PostgreSQL's indexes, filled and asked in the same way.

Two tables. One has a row for each version of a record, holding the words of all its names and its date of birth; the other a
row for each word of the register, holding the keys under which a misspelt one meets it. **Every term begins with the row
number of its force**, so a force's index holds no term of another's, and scoping costs nothing: no filter beside the index
that a planner could choose instead of it. For that reason too they have no row-level security of their own (T4), and they
give out row numbers only: who reads what stands there is asked where it is read.

A term is `7xevans` for a word of a name, `7y1984` and `7m0312` for a date of birth, `7devan` for a key.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, Protocol

from django.db import connection

from craffu.people.search.matching import Expression

NAMES: Final = "people_search_names"
WORDS: Final = "people_search_words"

type Row = tuple[int, str]
"""A row number and its terms, a space between them."""
type Date = tuple[int, int, int]
"""A year, a month and a day of birth, each 0 where it is not asked for."""
type Question = Sequence[Sequence[Sequence[str]]]
"""Any of these, each of which asks for all of those, each of which is any of those terms."""


class Index(Protocol):
    """One of the two databases."""

    make: Sequence[str]
    drop: Sequence[str]

    def add(self, table: str, rows: Iterable[Row]) -> None: ...

    def remove(self, table: str, rows: Iterable[Row]) -> None:
        """Take rows out, each with the terms that it was added with."""
        ...

    def matching(self, table: str, question: Question) -> tuple[str, list[Any]]:
        """The rows that answer, as SQL without a limit, and its parameters."""
        ...

    def one_of(self, rows: str) -> str:
        """That a number is one of a few that are asked for in SQL: they are found first, and looked up one by one."""
        ...

    def wipe(self) -> None: ...

    def tidy(self) -> None: ...


class _Sqlite:
    """FTS5 without the text: row numbers by term, and nothing that could be read back as a name in order."""

    make: Sequence[str] = tuple(
        f"CREATE VIRTUAL TABLE {table} USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii')"
        for table in (NAMES, WORDS)
    )
    drop: Sequence[str] = tuple(f"DROP TABLE {table}" for table in (NAMES, WORDS))

    def add(self, table: str, rows: Iterable[Row]) -> None:
        with connection.wrap_database_errors:
            connection.ensure_connection()
            connection.connection.executemany(f"INSERT INTO {table} (rowid, terms) VALUES (?, ?)", rows)  # noqa: S608

    def remove(self, table: str, rows: Iterable[Row]) -> None:
        removed = f"INSERT INTO {table} ({table}, rowid, terms) VALUES ('delete', ?, ?)"  # noqa: S608
        with connection.wrap_database_errors:
            connection.ensure_connection()
            connection.connection.executemany(removed, rows)
        # What was taken out is marked so, and stands there until the parts of the index are put together.
        self.tidy()

    def matching(self, table: str, question: Question) -> tuple[str, list[Any]]:
        either = [
            "(" + " AND ".join("(" + " OR ".join(f'"{term}"' for term in terms) + ")" for terms in all_of) + ")"
            for all_of in question
        ]
        return f"SELECT rowid AS number FROM {table} WHERE {table} MATCH %s", [" OR ".join(either)]  # noqa: S608

    def one_of(self, rows: str) -> str:
        return f"IN ({rows})"

    def wipe(self) -> None:
        with connection.cursor() as cursor:
            for table in (NAMES, WORDS):
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            for table in (NAMES, WORDS):
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608


class _Postgres:
    """Names as rows of terms with a GIN index, asked by overlap: one scan answers "any of these and any of those", which as a
    text search query costs several times as much. Words as one row for each key with a B-tree: the planner, who cannot know
    how few words a hundred keys find, would rather read the whole of a GIN-indexed table.
    """

    make: Sequence[str] = (
        f"CREATE TABLE {NAMES} (number bigint NOT NULL, terms text[] NOT NULL)",
        # What waits to be merged is read through by every search, so little may wait.
        f"CREATE INDEX {NAMES}_terms ON {NAMES} USING gin (terms) WITH (gin_pending_list_limit = 256)",
        f"ALTER TABLE {NAMES} SET (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)",
        f"CREATE TABLE {WORDS} (term text NOT NULL, number bigint NOT NULL)",
        f"CREATE INDEX {WORDS}_terms ON {WORDS} (term, number)",
    )
    drop: Sequence[str] = tuple(f"DROP TABLE {table}" for table in (NAMES, WORDS))

    def add(self, table: str, rows: Iterable[Row]) -> None:
        if table == NAMES:
            lines = [f"{number}\t{{{','.join(terms.split())}}}\n" for number, terms in rows]
            into = f"{NAMES} (number, terms)"
        else:
            lines = [f"{term}\t{number}\n" for number, terms in rows for term in terms.split()]
            into = f"{WORDS} (term, number)"
        with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            copy.write("".join(lines))

    def remove(self, table: str, rows: Iterable[Row]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE number = ANY(%s)", [[number for number, _terms in rows]])  # noqa: S608

    def matching(self, table: str, question: Question) -> tuple[str, list[Any]]:
        parameters = [list(terms) for all_of in question for terms in all_of]
        if table == WORDS:
            one = f"SELECT number FROM {WORDS} WHERE term = ANY(%s::text[])"  # noqa: S608
            found = " UNION ".join("(" + " INTERSECT ".join(one for _ in all_of) + ")" for all_of in question)
            return f"SELECT DISTINCT number FROM ({found}) found", parameters  # noqa: S608
        either = [" AND ".join("terms && %s::text[]" for _ in all_of) for all_of in question]
        where = " OR ".join(f"({asked})" for asked in either)
        return f"SELECT number FROM {NAMES} WHERE ({where})", parameters  # noqa: S608

    def one_of(self, rows: str) -> str:
        return f"= ANY(ARRAY({rows}))"

    def wipe(self) -> None:
        with connection.cursor() as cursor:
            for table in (NAMES, WORDS):
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608

    def tidy(self) -> None:
        """Its own vacuum does."""


_INDEXES: Final[dict[str, Index]] = {"sqlite": _Sqlite(), "postgresql": _Postgres()}


def index() -> Index:
    return _INDEXES[connection.vendor]


def names_terms(force: int, names: str, born: Iterable[str]) -> list[str]:
    """The terms of each row of a batch: `names` are its folded names, a line each, `born` ISO dates, whole, in part or empty."""
    lines = names.replace(" ", f" {force}x").replace("\n", f"\n{force}x").split("\n")
    lines[0] = f"{force}x{lines[0]}"
    return [line + _born_terms(force, day) for line, day in zip(lines, born, strict=True)]


@lru_cache(maxsize=1 << 16)
def _born_terms(force: int, day: str) -> str:
    if not day:
        return ""
    year = f" {force}y{day[:4]}"
    if len(day) == 4:
        return year
    return f"{year} {force}n{day[5:]}" if len(day) == 7 else f"{year} {force}m{day[5:7]}{day[8:]}"


def keys_terms(force: int, keys: Iterable[str]) -> str:
    return " ".join(f"{force}{key}" for key in keys)


def rows_naming(force: int, expressions: Sequence[Expression], dates: Sequence[Date], most: int) -> list[int]:
    """Rows that hold all the words of any of these, and were born on any of these dates, where there are any."""
    question = asked_of(force, expressions, dates)
    return [number for (number,) in _answered(*index().matching(NAMES, question), most)] if question else []


def row_has(force: int, number: int, expressions: Sequence[Expression]) -> bool:
    """Whether this very row holds the words."""
    sql, parameters = index().matching(NAMES, asked_of(force, expressions, ()))
    own = "rowid" if connection.vendor == "sqlite" else "number"
    return bool(_answered(f"{sql} AND {own} = %s", [*parameters, number], 1))


def asked_of(force: int, expressions: Sequence[Expression], dates: Sequence[Date]) -> list[list[list[str]]]:
    """The question as the index is asked it; empty where nothing is."""
    words = _needed([groups for expression in expressions for groups in _apart(expression)]) or [[]]
    made = [
        [[f"{force}x{word}" for word in group] for group in groups] + born
        for groups in words
        for born in ([_born(force, date) for date in dates] or [[]])
    ]
    return [groups for groups in made if groups]


def _apart(expression: Expression) -> Iterator[list[list[str]]]:
    """The same without choices of several words: each of those is a question of its own that asks for all of them."""
    singles = [[words[0] for words in choices if len(words) == 1] for choices in expression]
    if all(singles):
        yield singles
    for at, choices in enumerate(expression):
        rest = [*singles[:at], *singles[at + 1 :]]
        if all(rest):
            yield from ([*([word] for word in words), *rest] for words in choices if len(words) > 1)


def _needed(questions: Iterable[list[list[str]]]) -> list[list[list[str]]]:
    """Without those that are answered by nothing but what answers another: whoever holds `ap` and `gwilym` holds `gwilym`."""
    kept: dict[int, list[frozenset[str]]] = {}
    every = list(questions)
    for at, groups in enumerate(every):
        own = [frozenset(group) for group in groups]
        if not any(_asks_no_less(own, other) for other in kept.values()):
            kept = {place: other for place, other in kept.items() if not _asks_no_less(other, own)} | {at: own}
    return [every[at] for at in kept]


def _asks_no_less(asked: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> bool:
    return all(any(group <= wider for group in asked) for wider in other)


def _born(force: int, date: Date) -> list[list[str]]:
    """The groups of a date of birth; a year, month or day of 0 is not asked for."""
    year, month, day = date
    groups = [[f"{force}y{year}"]] if year else []
    if month and day:
        groups.append([f"{force}m{month:02}{day:02}"])
    elif month:
        groups.append([*(f"{force}m{month:02}{one:02}" for one in range(1, 32)), f"{force}n{month:02}"])
    return groups


def words_with_any(force: int, keys: Iterable[str], most: int) -> list[str]:
    """Words of a force that have any of these keys."""
    return _words(force, [[[f"{force}{key}" for key in keys]]], most)


def words_with_all(force: int, keys: Iterable[str], most: int) -> list[str]:
    """Words of a force that have all of these keys."""
    return _words(force, [[[f"{force}{key}"] for key in keys]], most)


def _words(force: int, question: Question, most: int) -> list[str]:
    found, parameters = index().matching(WORDS, question)
    few = index().one_of(f"{found} LIMIT {int(most)}")
    sql = f"SELECT word FROM people_searchword WHERE id {few} AND force_id = %s"  # noqa: S608
    return [word for (word,) in _answered(sql, [*parameters, force], most)]


def _answered(sql: str, parameters: Sequence[Any], most: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {int(most)}", parameters)
        return list(cursor.fetchall())
