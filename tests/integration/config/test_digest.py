"""The digest tells two registers apart by what they say and by nothing else (T28, T40)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.config.commands.digest import register_digests
from craffu.intake.running import take_in
from craffu.people import events
from craffu.people.models import Membership, SourceRecord
from tests.factories.extracts import row, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def persons(system: Acting, tmp_path: Path) -> Callable[..., None]:
    def taken(*rows: dict[str, str]) -> None:
        take_in(by=system, kind="rms", paths=[write(tmp_path, "persons.csv", rows)])

    return taken


@action
def moved(by: Acting, record: SourceRecord, beside: SourceRecord) -> None:
    person = beside.memberships.get().person
    Membership.objects.create(
        force=by.force, record=record, person=person, known_from=clock.now(), decided_by="x", why="y"
    )
    audit.record(kind=events.RECORD_RECEIVED, actor=by.actor, refs=[f"person/{person.reference}"])


@pytest.mark.rule("INT-01")
def test_one_changed_letter_is_another_register_and_the_same_again_is_not(persons: Callable[..., None]) -> None:
    persons(row("rms", "persons", 1), row("rms", "persons", 2))
    once = register_digests()
    persons(row("rms", "persons", 2), row("rms", "persons", 1))
    assert register_digests() == once
    persons(row("rms", "persons", 2, surname="Rhys", updated_at="2024-05-05 10:00"))
    changed = register_digests()
    assert changed["people.recordversion"] != once["people.recordversion"]
    assert changed["published.codeversion"] == once["published.codeversion"]


def test_whose_a_record_is_makes_another_register_although_no_person_says_anything(
    persons: Callable[..., None], system: Acting
) -> None:
    persons(*(row("rms", "persons", number) for number in (1, 2, 3)))
    first, second, third = SourceRecord.objects.for_user(system).order_by("source_key")
    before = register_digests()["people.person"]["digest"]
    moved(system, second, first)
    with_first = register_digests()["people.person"]["digest"]
    moved(system, second, third)
    assert len({before, with_first, register_digests()["people.person"]["digest"]}) == 3
