"""T3: on PostgreSQL the database itself shows nobody another force's rows, whatever is asked and however (SEC-01; ADR 20)."""

# ruff: noqa: S311, S608  # queries are made up here, by chance that need not be secure
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from craffu.access.acting import acting_system
from craffu.access.actions import create_user, set_up_area
from craffu.access.models import Force, User
from craffu.access.queries import find_user
from craffu.access.wall.building import (
    build_wall,
    open_tables,
    reaches_every_force,
    views_round_the_wall,
    ways_round_the_wall,
)
from craffu.access.wall.reach import account_named, account_numbered, every_force, work_for, working_for
from craffu.access.wall.tables import behind_the_wall
from craffu.audit.roles import current_role
from craffu.audit.sealing.actions import seal, sign_heads
from craffu.common.refusals import Refusal
from craffu.common.telling import tell, telling, told
from craffu.intake.running import take_in
from craffu.people.models import RecordVersion
from tests.factories.court_messages import court_message
from tests.factories.extracts import everything
from tests.roles import APPLICATION, as_owner

pytestmark = [pytest.mark.postgres, pytest.mark.django_db, pytest.mark.rule("SEC-01")]

RANDOM_QUERIES, DEEP_QUERIES = 150, 10_000


@dataclass(frozen=True)
class Two:
    """Two forces that both hold something."""

    mine: Force
    theirs: Force
    tables: dict[str, str]
    """By table, the column that says whose a row is."""

    def whose(self, table: str, force: Force) -> object:
        return force.pk if self.tables[table] == "force_id" else force.code


@pytest.fixture
def two(force: Force, other_force: Force, tmp_path: Path) -> Two:
    message = tmp_path / "message.xml"
    message.write_bytes(court_message())
    for one in (force, other_force):
        with working_for(one.pk):
            by = acting_system(one, "test")
            set_up_area(by=by, code="north", name_en="North", name_cy="Gogledd")
            create_user(by=by, username=f"user.{one.code}", name="Somebody")
            take_in(by=by, kind="court-results", paths=[message])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_name = ANY(%s) AND column_name IN ('force', 'force_id')", [sorted(behind_the_wall())]
        )  # fmt: skip
        return Two(force, other_force, dict(cursor.fetchall()))


@pytest.fixture
def filled(two: Two, tmp_path: Path) -> Two:
    """The same, with something in nearly every table behind the wall."""
    records = everything(tmp_path / "records", "rms", people=2)
    for one in (two.mine, two.theirs):
        with working_for(one.pk):
            take_in(by=acting_system(one, "test"), kind="rms", paths=[records])
            seal(force=one.code)
            sign_heads(force=one.code)
    return two


def ask(sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return list(cursor.fetchall())


def rows(table: str) -> int:
    return int(ask(f"SELECT count(*) FROM {table}")[0][0])


def test_T3_tests_run_as_the_application_and_the_wall_stands() -> None:
    assert current_role() == APPLICATION
    assert not reaches_every_force()
    assert open_tables() == {}
    assert ways_round_the_wall(APPLICATION) == []
    assert len(behind_the_wall()) > 30


def test_T3_whoever_says_no_force_sees_nothing_and_whoever_says_one_sees_its_rows_alone(filled: Two) -> None:
    two, of_both = filled, 0
    for table, column in two.tables.items():
        with as_owner():
            held = dict(ask(f"SELECT {column}, count(*) FROM {table} GROUP BY 1"))
        of_both += len(held) == 2
        with telling({}):
            assert rows(table) == 0, table
        for force in (two.mine, two.theirs):
            with working_for(force.pk):
                expected = held.get(two.whose(table, force), 0)
                assert rows(table) == expected, table
                assert ask(f"SELECT DISTINCT {column} FROM {table}") == [(two.whose(table, force),)] * bool(expected)
        with working_for(max(two.mine.pk, two.theirs.pk) + 1):
            assert rows(table) == 0, table
    assert of_both > 20, "most tables hold something of both forces"


def test_T3_nothing_strange_that_is_said_opens_the_wall(two: Two) -> None:
    for said in ("", "0", "-1", "1 OR 1=1", "nobody"):
        with telling({}), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.force', %s, true)", [said])
            if said.strip("-").isdigit() or not said:
                assert rows("cases_case") == 0
                continue
            with pytest.raises(DatabaseError, match="invalid input syntax for type bigint"), transaction.atomic():
                rows("cases_case")


def test_T3_the_application_cannot_ask_for_every_force(two: Two) -> None:
    with every_force("a test"):
        assert set(ask("SELECT force_id FROM cases_case")) == {(two.mine.pk,)}
    with telling({}), every_force("a test"):
        assert {rows(table) for table in two.tables} == {0}


@contextmanager
def plain_owner() -> Iterator[None]:
    """Inside, as an owner of the tables who is no superuser: undone with the test."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CREATE ROLE craffu_test_wall_owner")
        cursor.execute("GRANT ALL ON SCHEMA public TO craffu_test_wall_owner")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO craffu_test_wall_owner")
        for table in behind_the_wall():
            cursor.execute(f"ALTER TABLE {table} OWNER TO craffu_test_wall_owner")
        cursor.execute("SET ROLE craffu_test_wall_owner")
        yield
        cursor.execute("RESET ROLE")


def test_T3_the_owner_sees_nothing_either_unless_they_say_that_they_work_for_every_force(two: Two) -> None:
    with plain_owner():
        # The policy that is the owner's own is still the former owner's.
        assert set(open_tables()) == set(behind_the_wall())
        assert build_wall() == len(behind_the_wall())
        assert open_tables() == {}
        assert build_wall() == 0
        assert reaches_every_force()
        for table, column in two.tables.items():
            with telling({}):
                assert rows(table) == 0, table
            assert set(ask(f"SELECT {column} FROM {table}")) <= {(two.whose(table, two.mine),)}
        with every_force("a test"):
            assert set(ask("SELECT force_id FROM cases_case")) == {(two.mine.pk,), (two.theirs.pk,)}
    with pytest.raises(ValueError, match="says why"), every_force(""):
        pass


def test_T3_a_view_of_the_owners_shows_no_more(two: Two) -> None:
    with plain_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE VIEW every_name AS SELECT * FROM people_recordversion")
        cursor.execute(f"GRANT SELECT ON every_name TO {APPLICATION}")
        cursor.execute("RESET ROLE")
        cursor.execute(f"SET ROLE {APPLICATION}")
        assert set(ask("SELECT force_id FROM every_name")) == {(two.mine.pk,)}
        with telling({}):
            assert rows("every_name") == 0


@pytest.mark.parametrize("made", ["VIEW", "MATERIALIZED VIEW"])
def test_T3_a_view_that_would_show_more_is_found(two: Two, made: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CREATE VIEW fine WITH (security_invoker = true) AS SELECT * FROM people_recordversion")
        assert views_round_the_wall() == []
        cursor.execute(f"CREATE {made} every_name AS SELECT * FROM people_recordversion")
        assert views_round_the_wall() == ["every_name"]


def test_T3_copy_gives_out_its_own_rows_and_takes_in_none(two: Two) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.copy("COPY people_recordversion (force_id) TO STDOUT") as copy:
            given = [row for (row,) in copy.rows()]
        assert set(given) == {str(two.mine.pk)}
        assert len(given) == RecordVersion.objects.for_system("a test").count()
        with telling({}), cursor.copy("COPY cases_case TO STDOUT") as copy:
            assert list(copy.rows()) == []
        with cursor.copy("COPY (SELECT force_id FROM cases_case) TO STDOUT") as copy:
            assert {row for (row,) in copy.rows()} == {str(two.mine.pk)}
    with (
        pytest.raises(DatabaseError, match="COPY FROM not supported with row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy("COPY cases_case (force_id, reference, known_from) FROM STDIN") as copy,
    ):
        copy.write("1\tC-1\t2026-01-01\n")


def test_T3_a_statement_prepared_for_one_force_shows_another_nothing(two: Two) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PREPARE held AS SELECT force_id FROM cases_case")
        try:
            for _ in range(7):  # from the sixth time on the plan may be kept
                assert set(ask("EXECUTE held")) == {(two.mine.pk,)}
            with working_for(two.theirs.pk):
                assert set(ask("EXECUTE held")) == {(two.theirs.pk,)}
            with telling({}):
                assert ask("EXECUTE held") == []
        finally:
            cursor.execute("DEALLOCATE held")


def test_T3_no_row_is_written_for_another_force_nor_given_to_it(two: Two) -> None:
    (case,) = ask("SELECT id FROM cases_case LIMIT 1")[0]
    with working_for(two.theirs.pk):
        (their_case,) = ask("SELECT id FROM cases_case LIMIT 1")[0]
    with connection.cursor() as cursor:
        for sql, values in (
            ("INSERT INTO cases_case (force_id, reference, known_from) VALUES (%s, 'C-99999', now())", [two.theirs.pk]),
            ("UPDATE cases_case SET force_id = %s WHERE id = %s", [two.theirs.pk, case]),
        ):
            with pytest.raises(DatabaseError, match="violates row-level security policy"), transaction.atomic():
                cursor.execute(sql, values)
        cursor.execute("UPDATE cases_case SET known_from = now() WHERE id = %s", [their_case])
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM cases_casestage WHERE case_id = %s", [their_case])
        assert cursor.rowcount == 0
        assert ask("SELECT id FROM cases_case WHERE id = %s FOR UPDATE", [their_case]) == []


@pytest.mark.django_db(transaction=True)
def test_T3_a_connection_that_is_used_again_carries_nothing_on(two: Two) -> None:
    assert rows("cases_case") > 0
    raw, count = connection.connection, "SELECT count(*) FROM cases_case"
    with telling({}):
        assert ask("SELECT nullif(current_setting('app.force', true), '')") == [(None,)]
        assert rows("cases_case") == 0
    with transaction.atomic():
        assert rows("cases_case") > 0
        with telling({}):
            assert rows("cases_case") == 0
        with working_for(two.theirs.pk):
            assert set(ask("SELECT force_id FROM cases_case")) == {(two.theirs.pk,)}
        assert set(ask("SELECT force_id FROM cases_case")) == {(two.mine.pk,)}
    # By the driver alone, as another program that a pool lends the connection to.
    assert psycopg.Cursor(raw).execute(count).fetchone() == (0,)
    with pytest.raises(IntegrityError), transaction.atomic():
        ask("INSERT INTO cases_case (force_id, known_from) VALUES (%s, now()) RETURNING id", [two.mine.pk])
    assert psycopg.Cursor(raw).execute(count).fetchone() == (0,)
    assert connection.connection is raw
    # One by one and many at a time, rows are read over open cursors too.
    names = RecordVersion.objects.for_system("a test").values_list("force_id", flat=True)
    assert set(names.iterator(chunk_size=1)) == {two.mine.pk}
    with transaction.atomic():
        assert set(names.iterator(chunk_size=1)) == {two.mine.pk}
    with telling({}), transaction.atomic():
        assert list(names.iterator(chunk_size=1)) == []


def test_T3_what_was_said_holds_after_a_savepoint_is_undone(two: Two) -> None:
    with working_for(two.theirs.pk), transaction.atomic():
        assert set(ask("SELECT force_id FROM cases_case")) == {(two.theirs.pk,)}
        transaction.set_rollback(True)
    assert set(ask("SELECT force_id FROM cases_case")) == {(two.mine.pk,)}
    with working_for(two.theirs.pk), connection.cursor() as cursor:
        cursor.executemany("UPDATE cases_case SET known_from = now() WHERE force_id = %s", [(two.mine.pk,)])
        assert cursor.rowcount == 0


def test_T3_before_the_force_is_known_one_account_can_be_seen_and_nothing_else(two: Two) -> None:
    name = f"user.{two.theirs.code}"
    with working_for(two.theirs.pk):
        number = User.objects.get(username=name).pk
    with telling({}):
        assert rows("access_user") == 0
        for looking in (account_named(name), account_numbered(number), account_numbered(str(number))):
            with looking:
                assert ask("SELECT username FROM access_user") == [(name,)]
                assert {rows(table) for table in two.tables if table != "access_user"} == {0}
                with connection.cursor() as cursor:
                    cursor.execute("UPDATE access_user SET name = 'Else'")
                    assert cursor.rowcount == 0
        for looking in (
            account_named("' OR ''='"),
            account_named(""),
            account_numbered("1 OR 1=1"),
            account_numbered(""),
        ):
            with looking:
                assert rows("access_user") == 0
    assert find_user(name) is not None
    with pytest.raises(Refusal, match="already"):
        create_user(by=acting_system(two.mine, "test"), username=name, name="Another")


@pytest.mark.parametrize(
    ("name", "value"), [("app.force", "1'"), ("app.force", "%s"), ("row_security", "off"), ("APP.x", "")]
)
def test_T3_only_what_reads_as_itself_is_said(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="cannot be said"):
        tell({name: value})


def test_T3_a_command_works_for_one_force_until_it_ends(force: Force) -> None:
    with telling({}):
        work_for(force.pk)
        assert told() == {"app.force": str(force.pk)}


def test_T3_check_finds_what_no_longer_stands_and_building_puts_it_up_again() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE cases_hearing DISABLE ROW LEVEL SECURITY")
        cursor.execute("DROP POLICY wall ON people_person")
        cursor.execute("CREATE POLICY more ON intake_run USING (true)")
        cursor.execute("ALTER POLICY account ON access_user USING (true)")
        assert set(open_tables()) == {"cases_case", "cases_hearing", "people_person", "intake_run", "access_user"}
        assert build_wall() == 5
        assert open_tables() == {}
        cursor.execute(f"ALTER ROLE {APPLICATION} BYPASSRLS")
        cursor.execute("CREATE ROLE craffu_test_through IN ROLE craffu_tests")
        assert ways_round_the_wall(APPLICATION) == ["bypasses row-level security"]
        (way,) = ways_round_the_wall("craffu_test_through")
        assert way == f"may become {APPLICATION}, which bypasses row-level security"


def a_query(two: Two, chance: random.Random, held: Sequence[str]) -> tuple[str, str]:
    """A query about a table, and that table: mostly one that holds something. Its first column says whose each row is."""
    every = sorted(two.tables)
    table, other = (chance.choice(held if chance.random() < 0.75 else every) for _ in range(2))
    column, theirs = two.tables[table], two.tables[other]
    where = chance.choice([
        "true", "NOT false", "1 = 1 OR false", f"t.{column} IS NOT NULL",
        f"t.{column}::text <> ''", f"t.{column}::text LIKE '%%'",
        f"t.{column}::text = ANY(ARRAY['{two.mine.pk}', '{two.theirs.pk}', '{two.mine.code}', '{two.theirs.code}'])",
        f"EXISTS (SELECT 1 FROM {other} o)", f"NOT EXISTS (SELECT 1 FROM {other} o WHERE o.{theirs} IS NULL)",
        f"coalesce(length(t.{column}::text) / nullif(length(t.{column}::text) - 99, 0), 0) < 99",
    ])  # fmt: skip
    shape = chance.choice([
        "SELECT t.{c} FROM {t} t WHERE {w}",
        "SELECT DISTINCT t.{c} FROM {t} t WHERE {w} ORDER BY 1 DESC",
        "SELECT t.{c}, count(*) FROM {t} t WHERE {w} GROUP BY 1",
        "SELECT max(t.{c}) FROM {t} t WHERE {w} HAVING count(*) > 0",
        "SELECT t.{c}, o.{oc} FROM {t} t CROSS JOIN {o} o WHERE {w} LIMIT 200",
        "SELECT t.{c} FROM {t} t LEFT JOIN {o} o ON true WHERE {w} LIMIT 200",
        "SELECT t.{c} FROM {o} o FULL JOIN {t} t ON o.{oc}::text = t.{c}::text WHERE {w} LIMIT 200",
        "WITH all_of_it AS MATERIALIZED (SELECT * FROM {t}) SELECT t.{c} FROM all_of_it t WHERE {w}",
        "SELECT t.{c} FROM {t} t WHERE {w} UNION ALL SELECT t.{c} FROM {t} t",
        "SELECT t.{c} FROM (SELECT *, row_number() OVER () AS place FROM {t}) t WHERE {w} AND place < 500",
        "SELECT t.{c} FROM generate_series(1, 2) CROSS JOIN LATERAL (SELECT * FROM {t} OFFSET 0) t WHERE {w}",
        "SELECT t.{c} FROM {t} t TABLESAMPLE SYSTEM (100) WHERE {w}",
        "SELECT unnest(array_agg(t.{c})) FROM {t} t WHERE {w}",
    ])  # fmt: skip
    return shape.format(t=table, c=column, o=other, oc=theirs, w=where), table


def foreign_rows(two: Two, chance: random.Random, count: int) -> tuple[int, int]:
    """How many rows so many random queries gave, and how many of them were another's than the force that was said."""
    given = foreign = 0
    with working_for(two.mine.pk):
        held = [table for table in sorted(two.tables) if ask(f"SELECT 1 FROM {table} LIMIT 1")]
    for _ in range(count):
        sql, table = a_query(two, chance, held)
        force = chance.choice([two.mine, two.theirs, None])
        with working_for(force.pk) if force else telling({}):
            found = [row[0] for row in ask(sql.replace("%%", "%")) if row[0] is not None]
        given += len(found)
        foreign += sum(force is None or whose != two.whose(table, force) for whose in found)
    return given, foreign


def test_T3_random_queries_give_no_foreign_row(filled: Two) -> None:
    given, foreign = foreign_rows(filled, random.Random(3), RANDOM_QUERIES)
    assert foreign == 0
    assert given > RANDOM_QUERIES


@pytest.mark.deep
def test_T3_ten_thousand_random_queries_give_no_foreign_row(filled: Two) -> None:
    given, foreign = foreign_rows(filled, random.Random(20), DEEP_QUERIES)
    assert foreign == 0
    assert given > DEEP_QUERIES
