"""A lookup of one thing stays a lookup of one thing however large the register is: B8, page limits.

Nearly every row of an installation is of one force, so an index on the force alone finds all of them.
"""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from craffu.access.acting import Acting
from craffu.access.scoping import ForceScoped
from craffu.common.statistics import refresh_statistics
from craffu.intake.running import MUCH, take_in
from craffu.people.models import RecordVersion, SourceRecord
from tests.factories.extracts import everything

pytestmark = pytest.mark.django_db

SCOPED = [model for model in apps.get_models() if issubclass(model, ForceScoped)]


def test_no_table_has_an_index_on_the_force_alone() -> None:
    assert len(SCOPED) > 20
    with connection.cursor() as cursor:
        found = [
            f"{model._meta.db_table}: {name}"
            for model in SCOPED
            for name, one in connection.introspection.get_constraints(cursor, model._meta.db_table).items()
            if one["index"] and not one["unique"] and one["columns"] == ["force_id"]
        ]
    assert found == []


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="PostgreSQL keeps its own statistics, and is told after a bulk load"
)
def test_after_a_large_run_the_versions_of_a_record_are_looked_up_by_the_record(system: Acting, tmp_path: Path) -> None:
    done = take_in(by=system, kind="rms", paths=[everything(tmp_path, "rms", people=MUCH // 5 + 10)])
    assert done.run.received > MUCH
    record = SourceRecord.objects.for_user(system).order_by("id").last()
    plan = RecordVersion.objects.for_user(system).filter(record__in=[record.pk]).explain()
    assert "record_id=?" in plan
    assert "(force_id=?)" not in plan


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_postgresql_looks_again_at_the_tables_that_have_grown_and_at_no_others() -> None:
    def looked_at() -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT relname, analyze_count FROM pg_stat_user_tables")
            return dict(cursor.fetchall())

    refresh_statistics()
    before = looked_at()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO common_counter (kind, last) SELECT 'test ' || n, n FROM generate_series(1, 900) n")
    refresh_statistics()
    after = looked_at()
    assert {table for table, times in after.items() if times > before[table]} == {"common_counter"}
    refresh_statistics()
    assert looked_at() == after
