"""What is said in the statement itself, so that a database takes the index of those rows alone; and what it does not compile."""

import pytest
from django.db import OperationalError, connection
from django.db.models import OuterRef, Q, QuerySet

from craffu.access.acting import Acting
from craffu.breaches.models import Breach, BreachOfOrder
from craffu.cases.models import HearingVersion
from craffu.common.lookups import ExistsOfEach

pytestmark = pytest.mark.django_db


def may_take(rows: QuerySet[Breach] | QuerySet[HearingVersion], index: str) -> bool:
    """Whether SQLite can find them by an index. It looks at no row for that, and PostgreSQL does."""
    sql, params = rows.order_by().values("pk").query.sql_with_params()
    table = f'FROM "{rows.model._meta.db_table}"'
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql.replace(table, f'{table} INDEXED BY {index}', 1)}", params)
        except OperationalError as refused:
            if "no query solution" in str(refused):
                return False
            raise
        return True


@pytest.mark.sqlite
def test_messages_in_doubt_are_found_by_the_index_of_those_alone(system: Acting) -> None:
    of_some = HearingVersion.objects.for_user(system).filter(hearing__few_of=frozenset({1, 2}))
    assert may_take(of_some.exclude(flags__is_empty=True), "cases_hearing_doubtful")
    assert not may_take(of_some.filter(flags__is_empty=True), "cases_hearing_doubtful")
    assert not may_take(of_some.exclude(flags=[]), "cases_hearing_doubtful"), "what a parameter holds is not known"


@pytest.mark.sqlite
def test_incidents_that_do_not_agree_are_found_by_the_index_of_those_alone(system: Acting) -> None:
    his = Breach.objects.for_user(system).filter(respondent__few_of=frozenset({1, 2}))
    assert may_take(his.filter(disagreeing__is_some=True), "breaches_disagreeing")
    assert not may_take(his.exclude(disagreeing__is_some=True), "breaches_disagreeing")
    assert not may_take(his.filter(disagreeing__gt=0), "breaches_disagreeing"), "what a parameter holds is not known"


@pytest.mark.postgres
def test_postgresql_asks_of_each_row_and_compiles_nothing(system: Acting) -> None:
    ties = ExistsOfEach(BreachOfOrder.objects.for_user(system).filter(breach=OuterRef("pk")))
    rows = Breach.objects.for_user(system).filter(Q(is_said=True) | ties)
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", params)
        said = "\n".join(str(row[-1]) for row in cursor.fetchall())
        assert "SubPlan" in said
        assert "hashed" not in said
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
