"""What is measured on PostgreSQL is measured as forces run it: by a role that owns nothing and meets the wall (ADR 20)."""

import psycopg
import pytest

from craffu.config.bench.installations import check_meets_the_wall, fresh_database, small_installation
from craffu.config.cli import NotCarriedOut
from tests.installation import Installation

pytestmark = [pytest.mark.postgres, pytest.mark.rule("SEC-01")]


def test_nothing_is_measured_by_whom_the_database_keeps_from_nothing(installation: Installation) -> None:
    with pytest.raises(NotCarriedOut, match="meets no wall between forces: measure as a role that owns nothing"):
        check_meets_the_wall(installation.database_url)


@pytest.mark.deep
def test_an_installation_that_is_measured_shows_its_role_no_force_that_it_does_not_work_for(
    installation: Installation,
) -> None:
    with fresh_database(installation.database_url) as owner, small_installation(owner) as env:
        with psycopg.connect(owner) as there:
            assert there.execute("SELECT count(*) FROM audit_event").fetchone() != (0,)
        with psycopg.connect(env["DATABASE_URL"]) as there:
            assert there.execute("SELECT count(*) FROM audit_event").fetchone() == (0,)
