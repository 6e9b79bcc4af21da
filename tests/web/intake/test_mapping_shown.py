"""The page of a run shows what was read from which column, for our own layout and for a mapping file (P37, INT-02)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from craffu import intake
from craffu.access.acting import Acting
from craffu.intake.running import take_in
from tests.factories.court_messages import court_message
from tests.factories.extracts import row, write
from tests.web.conftest import text_of

pytestmark = pytest.mark.django_db

SHIPPED = Path(intake.__file__).parent / "mappings"


@pytest.fixture
def run_page(signed_in_client: Callable[..., Client], system: Acting) -> Callable[..., str]:
    def shown(kind: str, path: Path, mapping: bytes | None = None) -> str:
        done = take_in(by=system, kind=kind, paths=[path], mapping=mapping)
        return text_of(signed_in_client("analyst").get(f"/intake/runs/{done.run.reference}"))

    return shown


@pytest.mark.rule("INT-02")
def test_a_run_through_a_mapping_shows_their_columns_words_and_constants(
    run_page: Callable[..., str], tmp_path: Path
) -> None:
    path = write(tmp_path, "a.csv", [row("rms", "persons")])
    text = run_page("rms", path, (SHIPPED / "nominals.toml").read_bytes())
    assert "How the columns of the files were read" in text
    for said in ("persons.forenames", "Forename 1 + Forename 2", "male = M", "Always crime"):
        assert said in text


def test_a_run_of_our_own_layout_shows_its_columns_and_a_run_of_messages_none(
    run_page: Callable[..., str], tmp_path: Path
) -> None:
    assert "posts.full_time_equivalent" in run_page("staff", write(tmp_path, "a.csv", [row("staff", "posts")]))
    message = tmp_path / "a.xml"
    message.write_bytes(court_message())
    assert "How the columns" not in run_page("court-results", message)
