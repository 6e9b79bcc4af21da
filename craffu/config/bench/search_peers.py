"""What B7 holds the search against: a scan with LIKE, the databases' own indexes asked as they are, and an admin's search.

They find what is spelt as typed, rank nothing, say nothing of why, and but for the last know no force.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Q

from craffu.config.bench.installations import owner_cursor
from craffu.people.models import RecordVersion
from craffu.people.search.folding import fold

MOST = 50
_WHOLE = "given_names || ' ' || family_name"
_MAKE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE bench_words USING fts5(name, tokenize = 'unicode61 remove_diacritics 2')",
        f"INSERT INTO bench_words (rowid, name) SELECT id, {_WHOLE} FROM people_recordversion",  # noqa: S608
        "INSERT INTO bench_words (bench_words) VALUES ('optimize')",
        "CREATE VIRTUAL TABLE bench_threes USING fts5(name, tokenize = 'trigram remove_diacritics 1')",
        f"INSERT INTO bench_threes (rowid, name) SELECT id, {_WHOLE} FROM people_recordversion",  # noqa: S608
        "INSERT INTO bench_threes (bench_threes) VALUES ('optimize')",
    ),
    "postgresql": (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE TABLE bench_names (id bigint, force_id bigint, name text, words tsvector)",
        f"INSERT INTO bench_names SELECT id, force_id, {_WHOLE}, to_tsvector('simple', {_WHOLE}) FROM people_recordversion",  # noqa: S608
        "CREATE INDEX ON bench_names USING gin (name gin_trgm_ops)",
        "CREATE INDEX ON bench_names USING gin (words)",
        "ANALYZE bench_names",
        "GRANT SELECT ON bench_names TO PUBLIC",
    ),
}

# The database's own index for parts of a name, which the goal is set against; the one for whole words forgives not even a part.
RAW = {"sqlite": "raw FTS5 by trigrams", "postgresql": "pg_trgm, ILIKE"}

type Ask = Callable[[str], object]


def make(vendor: str) -> None:
    with owner_cursor() as cursor:
        for statement in _MAKE[vendor]:
            cursor.execute(statement)


def _asker(sql: str, said: Callable[[str], str]) -> Ask:
    def ask(words: str) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, [said(words)])
            return list(cursor.fetchall())

    return ask


def _held(table: str, matches: str) -> str:
    """The question of an index, answered like ours from the register: the names that stand there."""
    return (
        f"SELECT v.id, v.given_names, v.family_name, v.born_on FROM (SELECT {table} LIMIT {MOST}) f "  # noqa: S608
        f"JOIN people_recordversion v ON v.id = f.{matches}"
    )


def _anywhere(words: str) -> str:
    return f"%{words}%"


def word_peers(vendor: str) -> dict[str, Ask]:
    """For names spelt as they are stored."""
    if vendor == "sqlite":
        words = _held("rowid FROM bench_words WHERE bench_words MATCH %s", "rowid")
        threes = _held("rowid FROM bench_threes WHERE bench_threes MATCH %s", "rowid")
        return {
            "raw FTS5 by words": _asker(words, lambda said: " ".join(f'"{word}"' for word in fold(said).split())),
            "raw FTS5 by trigrams": _asker(threes, lambda said: f'"{said}"'),
        }
    words = _held("id FROM bench_names WHERE words @@ plainto_tsquery('simple', %s)", "id")
    return {
        "raw GIN by words": _asker(words, lambda said: said),
        "pg_trgm, ILIKE": _asker(_held("id FROM bench_names WHERE name ILIKE %s", "id"), _anywhere),
        "pg_trgm, ILIKE, a force": _asker(
            _held("id FROM bench_names WHERE force_id = 1 AND name ILIKE %s", "id"), _anywhere
        ),
    }


def absent_peers(vendor: str) -> dict[str, Ask]:
    """For names that are not there: a scan must go through all of them."""
    like = "LIKE" if vendor == "sqlite" else "ILIKE"
    scan = f"SELECT id FROM people_recordversion WHERE {_WHOLE} {like} %s LIMIT {MOST}"  # noqa: S608
    return {"LIKE": _asker(scan, _anywhere), "an admin's search": _admin, **word_peers(vendor)}


def _admin(words: str) -> object:
    """As Django's own admin searches: every word somewhere in one of the columns."""
    rows = RecordVersion.objects.for_system("a peer of the benchmark")
    for word in words.split():
        rows = rows.filter(Q(given_names__icontains=word) | Q(family_name__icontains=word))
    return list(rows[:MOST])
