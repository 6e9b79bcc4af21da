"""A person known under three spellings in three systems is found by each, linked, and shown with every source."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.clocks.london import end_of
from craffu.config import cli
from craffu.config.generate.force import Wanted, generate
from craffu.engines.choice import Engine, Kind
from craffu.intake.linking.running import link_register
from craffu.intake.running import take_in
from craffu.people.models import SourceRecord
from craffu.people.queries import memberships_of, people_of_records
from tests.factories.court_messages import court_message
from tests.factories.extracts import row, write
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite, pytest.mark.filterwarnings("ignore")]
WANTED = Wanted(people=200, years=2, seed=8)
PNC = "2003/7654321P"
SAID = {"pnc_id": PNC, "date_of_birth": "1984-03-02", "sex": "M", "aliases": "", "asn": "", "title": "Mr"}
SPELT = {"rms": ("Ieuan", "Prytherch"), "custody": ("Evan", "Prydderch"), "court-results": ("Ifan", "PRYTHERCH")}


def send(by: Acting, folder: Path) -> dict[str, int]:
    """The three records, through each system's own intake, among others of the force; by their source."""
    generate(folder / "force", WANTED)
    assert take_in(by=by, kind="rms", paths=[folder / "force" / "police"]).reconciled
    police = row(
        "rms", "persons", 9001, **names("rms"), **{k: v for k, v in SAID.items() if k in row("rms", "persons")}
    )
    write(folder / "more", "persons.csv", [police])
    detained = row("custody", "detentions", 9001, **names("custody"), **{k: v for k, v in SAID.items() if k != "cro"})
    write(folder / "custody", "detentions.csv", [{**detained, "crime_ref": ""}])
    given, family = SPELT["court-results"]
    (folder / "court").mkdir()
    message = court_message(given_names=(given,), family_name=family, birth_date="1984-03-02", pnc_id=PNC)
    (folder / "court" / "1.xml").write_bytes(message)
    for kind, where in (("rms", "more"), ("custody", "custody"), ("court-results", "court")):
        done = take_in(by=by, kind=kind, paths=[folder / where])
        assert (done.run.rejected, done.run.parked) == (0, 0), kind
    found = {}
    for source in SPELT:
        last = SourceRecord.objects.for_system("a test").filter(source=source).order_by("-id").first()
        assert last is not None, source
        found[source] = last.pk
    return found


def names(source: str) -> dict[str, str]:
    return dict(zip(("forenames", "surname"), SPELT[source], strict=True))


@pytest.mark.rule("IDN-01")
@pytest.mark.rule("IDN-02")
def test_one_person_under_three_spellings_in_three_systems(
    system: Acting, codes: None, tmp_path: Path, frozen_clock: time_machine.Traveller,
    signed_in_client: Callable[..., Client], capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    frozen_clock.move_to(end_of(WANTED.until))
    theirs = send(system, tmp_path)
    link_register(system, Engine(Kind.DUCKDB))
    people = people_of_records(system, theirs.values())
    (person,) = {one.reference for one in people.values()}
    for given, family in SPELT.values():
        capsys.readouterr()
        assert cli.main(["person", "search", given, family, "--json"]) == 0
        assert person in [hit["person"] for hit in json.loads(capsys.readouterr().out)["hits"]]
    investigator, clerk = signed_in_client("investigator"), signed_in_client("link_clerk")
    page = text_of(investigator.get(f"/people/{person}"))
    for source, who in (
        ("Police records", "Ieuan Prytherch"), ("Custody and releases", "Evan Prydderch"), ("Court results", "Ifan PRYTHERCH"),
    ):  # fmt: skip
        assert f"{source} {who} 2 March 1984 Male" in page
    made_of = text_of(clerk.get(f"/linkage/merges/{person}"))
    assert "Police records: Ieuan Prytherch, born 2 March 1984" in made_of
    assert "Court results: Ifan PRYTHERCH, born 2 March 1984" in made_of
    came_as = {one.person.reference for one in memberships_of(system, set(theirs.values()))}
    gone = max(came_as - {person})
    page = text_of(investigator.get(f"/people/{gone}"))
    assert f"What was recorded of them is held to be this person’s: {person}" in page
