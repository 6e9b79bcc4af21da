"""A source's last word is the one received last, whenever it was stored (IDN-01, INT-01)."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.common.models import Provenance, Regime
from craffu.intake.running import take_in
from craffu.people.actions import receive_record, receive_record_again
from craffu.people.facts import Identifier, PersonFacts
from craffu.people.models import Person, RecordVersion
from craffu.people.queries import identities, pnc_id, provenance_of, records_of, said_last
from craffu.web.linkage.presenters import record_words
from craffu.web.people.presenters import recorded_table
from tests.factories.extracts import AT, LATER, row, write
from tests.factories.identities import record_of

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, WEDNESDAY = (datetime(2026, 1, day, 9, tzinfo=UTC) for day in (12, 13, 14))
HEARD, HEARD_LATER = date(2026, 1, 9), date(2026, 1, 10)


def said(family_name: str, true_from: date = HEARD, pnc: str = "") -> PersonFacts:
    numbers = (Identifier("pnc", pnc, pnc, "valid"),) if pnc else ()
    return PersonFacts("", "Dewi", family_name, "1988-03-02", "1", identifiers=numbers, true_from=true_from)


def received(at: datetime) -> Provenance:
    return Provenance("court-results", "0" * 64, 1, at, "1", "A controller", Regime.PART_3, "A basis")


def told(by: Acting, *messages: tuple[PersonFacts, datetime]) -> list[bool]:
    """One record told of in this order of storing; says for all but the first whether it was news."""
    (facts, at), *more = messages
    record = receive_record(by=by, source_key="key", facts=facts, provenance=received(at), why="first", now=WEDNESDAY)
    return [
        receive_record_again(by=by, record=record, facts=facts, provenance=received(at), now=WEDNESDAY)
        for facts, at in more
    ]


@pytest.mark.rule("IDN-01")
def test_a_word_held_back_and_stored_late_is_not_shown_as_the_newest(system: Acting) -> None:
    told(
        system,
        (said("EXAMPLE", pnc="2001/2000002B"), TUESDAY),
        (said("Exampel", pnc="2001/2000001A"), MONDAY),
    )
    person = Person.objects.for_user(system).get()
    identity = identities(system, [person])[person.pk]
    assert identity.family_name == "EXAMPLE"
    assert identity.other_names == ("Dewi Exampel",)
    versions = provenance_of(system, records_of(system, person))
    assert [version.family_name for version in versions] == ["Exampel", "EXAMPLE"]
    assert pnc_id(versions) == "2001/2000002B"


@pytest.mark.rule("INT-01")
def test_what_a_late_stored_word_said_is_news_when_the_source_says_it_again_afterwards(system: Acting) -> None:
    news = told(
        system,
        (said("EXAMPLE"), TUESDAY),
        (said("Exampel"), MONDAY),
        (said("Exampel", HEARD_LATER), WEDNESDAY),
    )
    assert news == [True, True]
    person = Person.objects.for_user(system).get()
    assert identities(system, [person])[person.pk].family_name == "Exampel"


@pytest.mark.rule("INT-01")
def test_the_source_repeating_its_last_word_is_no_news_though_an_older_one_was_stored_since(system: Acting) -> None:
    news = told(
        system,
        (said("EXAMPLE"), TUESDAY),
        (said("Exampel"), MONDAY),
        (said("EXAMPLE", HEARD_LATER), WEDNESDAY),
        (said("Exampel"), WEDNESDAY),
    )
    assert news == [True, False, False]
    numbers = RecordVersion.objects.for_user(system).order_by("id").values_list("number", flat=True)
    assert list(numbers) == [1, 2]


@pytest.mark.rule("INT-01")
@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize("is_late", [False, True])
def test_an_older_version_of_a_record_that_comes_late_is_neither_compared_nor_shown(
    is_late: bool, system: Acting, tmp_path: Path
) -> None:
    rows = [
        row("rms", "persons", 1, surname="Old", pnc_id="2003/0000001A", updated_at=AT),
        row("rms", "persons", 1, surname="New", pnc_id="2004/0000002B", updated_at=LATER),
    ]
    for at, one in enumerate(rows[::-1] if is_late else rows):
        take_in(by=system, kind="rms", paths=[write(tmp_path / str(at), "persons.csv", [one])])
    (last,) = said_last(system)
    record = last.record
    assert last.family_name == "New"
    assert said_last(system, [record]) == [last]
    versions = list(provenance_of(system, [record]))
    assert "New" in record_words(versions)
    other = record_of(system, "other").pk
    shown = str(recorded_table(provenance_of(system, [record, other])))
    assert "New" in shown
    assert "Old" not in shown
