"""What is told to somebody who asks what is held about them: nothing of hers, by whatever mistake it is his (SEC-11, VIC-09)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.markings import COVERT
from craffu.access.restricted.actions import restrict
from craffu.cases.models import CaseRole, Hearing, Offence
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import bookkeeping
from craffu.daily.own_data.kinds import What, Why
from craffu.daily.own_data.queries import OwnData, own_data_of
from craffu.daily.own_data.searching import NAME, found_in_answer
from craffu.intake.running import take_in
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.people.models import RecordVersion, SourceRecord
from craffu.people.queries import people_of_records
from tests.factories.crimes import send_crime
from tests.factories.detentions import send_detention, send_release
from tests.factories.extracts import row, write
from tests.factories.identities import score
from tests.factories.orders import order_of, parties, scanned

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-11"), pytest.mark.rule("VIC-09")]


def told_of(auditor: Acting, record: int) -> tuple[OwnData, dict[tuple[What, Why], int]]:
    found = own_data_of(auditor, people_of_records(auditor, [record])[record])
    return found, {(one.what, one.why): one.number for one in found.withheld}


def test_a_record_of_hers_that_is_joined_to_his_by_mistake_is_told_of_in_nothing(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    auditor = acting_as("auditor")
    _case, his, hers = parties(system, tmp_path)
    before, _withheld = told_of(auditor, his.pk)
    score(system, his.pk, hers.pk)
    assert people_of_records(system, [his.pk, hers.pk])[his.pk] == people_of_records(system, [hers.pk])[hers.pk]
    found, withheld = told_of(auditor, his.pk)
    assert found.included == before.included
    assert withheld[What.NAME, Why.PROTECTED] == 1


def test_whatever_else_of_hers_came_with_that_mistake_is_told_of_in_nothing(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    """Her arrest, her other case, and an order that was served on her."""
    auditor, team = acting_as("auditor"), acting_as("orders_team")
    _case, his, hers = parties(system, tmp_path)
    before, _withheld = told_of(auditor, his.pk)
    _other, _another, hers_too = parties(system, tmp_path, 2)
    send_detention(system, tmp_path, 1, station="Aberfan", crime_ref="")
    held = SourceRecord.objects.for_system("a test").get(source="custody")
    against_her = send_crime(system, tmp_path / "against", 3)
    played = [
        row("rms", "involvements", number, crime_ref="CRIME3", person_ref=f"PERSON{one}", role=role)
        for number, one, role in ((30, 10, "suspect"), (31, 21, "victim"))
    ]
    write(tmp_path / "role", "involvements.csv", played)
    assert take_in(by=system, kind="rms", paths=[tmp_path / "role"]).run.rejected == 0
    made = order_of(team, against_her, clock.now() - timedelta(hours=3))
    served = Given(
        served_at=clock.now() - timedelta(hours=1), place="home", method="personal", server="PC 44 Rees",
        proof="Statement of service",
    )  # fmt: skip
    move_order(by=team, order=scanned(team, made).reference, move="serve", given=served)
    for one in (hers_too, held):
        score(system, hers.pk, one.pk)
    found, _withheld = told_of(auditor, hers.pk)
    assert {What.NAME, What.CASE, What.ORDER, What.CUSTODY} <= {one.what for one in found.included}, "all of it is hers"
    score(system, his.pk, hers.pk)
    assert people_of_records(system, [his.pk])[his.pk] == people_of_records(system, [held.pk])[held.pk]
    found, withheld = told_of(auditor, his.pk)
    assert found.included == before.included
    assert withheld[What.NAME, Why.PROTECTED] == 3


def test_a_case_of_which_nobody_told_him_is_told_by_no_hearing_to_come_and_no_offence(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    auditor, now = acting_as("auditor"), clock.now()
    case, his, _hers = parties(system, tmp_path)
    role = CaseRole.objects.for_system("a test").get(case=case, record=his)
    days = [day_of(now) + timedelta(days=days) for days in (1, 8)]
    said = {"force": system.force, "case": case, "role": role, "known_from": now}
    for one in days:
        bookkeeping(Hearing.objects.create)(**said, held_on=one)
    bookkeeping(Offence.objects.create)(**said, number="1", code="PH97001")
    found, withheld = told_of(auditor, his.pk)
    assert found.included == ()
    assert withheld[What.CASE, Why.NEITHER_CONFIRM_NOR_DENY] == 1
    with time_machine.travel(now + timedelta(days=1), tick=False):
        found, withheld = told_of(auditor, his.pk)
    told = {one.what: [*one.said.values()] for one in found.included}
    assert told[What.CASE] == [case.reference, "suspect"]
    assert told[What.OFFENCE] == [case.reference, "1", "PH97001"]
    assert told[What.HEARING] == [case.reference, days[0].isoformat()], "and none to come"
    assert (What.CASE, Why.NEITHER_CONFIRM_NOR_DENY) not in withheld


@pytest.mark.rule("SEC-02")
@pytest.mark.parametrize(("marking", "counted"), [({}, 1), ({"marking": COVERT}, None)])
def test_a_case_that_is_closed_to_whoever_prepares_is_counted_and_one_that_they_may_not_know_of_is_not(
    marking: dict[str, str],
    counted: int | None,
    system: Acting,
    acting_as: Callable[..., Acting],
    tmp_path: Path,
) -> None:
    case, his, _hers = parties(system, tmp_path)

    def closed() -> int | None:
        return told_of(acting_as("auditor"), his.pk)[1].get((What.CASE, Why.NOT_OPEN))

    assert closed() is None
    restrict(by=acting_as("coordinator"), kind="case", reference=case.reference, reason="a test", **marking)
    assert closed() == counted


def test_whoever_asked_and_was_found_to_be_another_since_is_told_and_searched_for_as_that_other(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    auditor = acting_as("auditor")
    _case, his, _hers = parties(system, tmp_path)
    send_detention(system, tmp_path, 1, station="Aberfan")
    held = SourceRecord.objects.for_system("a test").get(source="custody")
    asked = people_of_records(auditor, [held.pk])[held.pk]
    score(system, his.pk, held.pk)
    he = people_of_records(auditor, [his.pk])[his.pk]
    asked.refresh_from_db()
    assert (asked.has_records, asked == he) == (False, False)
    found = own_data_of(auditor, asked)
    assert found.included == own_data_of(auditor, he).included != ()
    assert {f"person/{asked.reference}", f"person/{he.reference}"} <= set(found.refs)
    text = f"You are {he.reference}, and were {asked.reference}. She rang from 07700 900123."
    assert found_in_answer(auditor, asked, text) == found_in_answer(auditor, he, text.replace(asked.reference, ""))


def test_whoever_stands_beside_them_in_an_order_alone_is_named_in_no_answer(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    """Neither the one whom it protects, to him, nor he, to them; whatever record of theirs says the name."""
    auditor, team = acting_as("auditor"), acting_as("orders_team")
    case, his, _hers = parties(system, tmp_path)
    inbox, names = tmp_path / "named", {7: ("Heulwen", "Factone"), 8: ("Nonfact", "Facttwo")}
    people = [
        row("rms", "persons", number, forenames=given, surname=family, aliases="", pnc_id="", cro_number="")
        for number, (given, family) in names.items()
    ]
    write(inbox, "persons.csv", people)
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
    her, too = (
        SourceRecord.objects.for_system("a test").get(source="rms", source_key__endswith=f"PERSON{one}")
        for one in names
    )
    score(system, her.pk, too.pk)
    beginning = Beginning(kind="SPO", respondent=his, case=case, protects=[her])
    begin_order(by=team, beginning=beginning, move="open_consideration", given=Given())
    he, she = (people_of_records(system, [one.pk])[one.pk] for one in (his, her))
    for name in ("Heulwen Factone", "Nonfact Facttwo"):
        assert found_in_answer(auditor, he, f"{name} has told us") == {NAME: 1}, name
    version = RecordVersion.objects.for_system("a test").filter(record=his).latest("id")
    text = f"{version.given_names} {version.family_name} may not ring you"
    assert found_in_answer(auditor, she, text) == {NAME: 1}
    assert found_in_answer(auditor, he, text) == {}


def test_what_would_tell_where_she_lives_is_withheld_wherever_somebody_wrote_it(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    auditor = acting_as("auditor")
    _case, his, _hers = parties(system, tmp_path)
    for number, station in ((1, "Aberfan"), (2, "3 Heol Fawr")):
        send_detention(system, tmp_path, number, station=station, released_at=f"2024-03-0{5 + number} 18:30:00")
    for held in SourceRecord.objects.for_system("a test").filter(source="custody"):
        score(system, his.pk, held.pk)
    found, withheld = told_of(auditor, his.pk)
    assert [one.said["station"] for one in found.included if one.what is What.CUSTODY] == ["Aberfan"]
    assert withheld[What.CUSTODY, Why.PROTECTED] == 1


def test_a_name_that_stood_in_his_row_by_mistake_and_was_put_right_is_not_told_and_is_searched_for(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    """She is in no case of his: nothing but his own row, for a day, says who she is."""
    auditor = acting_as("auditor")
    case, his, _hers = parties(system, tmp_path)
    role = CaseRole.objects.for_system("a test").get(case=case, record=his)
    said = {"force": system.force, "case": case, "role": role, "known_from": clock.now()}
    bookkeeping(Hearing.objects.create)(**said, held_on=day_of(clock.now()))
    right = RecordVersion.objects.for_system("a test").get(record=his)
    typed = (
        {"forenames": "Heulwen", "surname": "Factone", "date_of_birth": "1991-02-03", "cro_number": "123456/91H"},
        {
            "forenames": right.given_names,
            "surname": right.family_name,
            "date_of_birth": right.born_on,
            "cro_number": "",
        },
    )
    number = int(his.source_key.rpartition("PERSON")[2])
    for day, version in enumerate(typed, 25):
        again = {"person_ref": f"PERSON{number}", "aliases": "", "updated_at": f"2026-11-{day} 10:00:00"}
        write(tmp_path / f"on-{day}", "persons.csv", [row("rms", "persons", number, **again, **version)])
        assert take_in(by=system, kind="rms", paths=[tmp_path / f"on-{day}"]).run.rejected == 0
    he = people_of_records(auditor, [his.pk])[his.pk]
    found, withheld = told_of(auditor, his.pk)
    name = f"{right.given_names} {right.family_name}"
    assert [one.said["name"].removeprefix(f"{right.title} ") for one in found.included if one.what is What.NAME] == [
        name
    ]
    assert "Factone" not in repr(found.included)
    assert "123456/91H" not in repr(found.included)
    assert (withheld[What.NAME, Why.PUT_RIGHT], withheld[What.IDENTIFIER, Why.PUT_RIGHT]) == (1, 2)
    assert found_in_answer(auditor, he, "You were seen with Heulwen Factone") == {NAME: 1}
    assert found_in_answer(auditor, he, f"You are {name}") == {}


def test_custody_and_a_release_are_told_once_as_their_newest_words_have_them(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    """A release that was put in by mistake and taken back is none; what came late and was said before changes nothing."""
    auditor = acting_as("auditor")
    held = {"crime_ref": "", "arrested_at": "2026-11-24 10:30:00"}
    later = {"released_at": "2026-11-24 18:30:00", "updated_at": "2026-11-24 19:00:00"}
    send_detention(system, tmp_path, 1, **held, station="Bangor", **later)
    send_detention(system, tmp_path, 1, **held, station="Aberfan", updated_at="2026-11-24 10:45:00")
    send_release(
        system, tmp_path, 1, prison="HMP Glan Afon", released_on="2026-11-25", updated_at="2026-11-25 10:00:00"
    )
    send_release(system, tmp_path, 1, prison="HMP Glan Afon", updated_at="2026-11-25 11:00:00")
    send_release(
        system, tmp_path, 2, prison="HMP Glan Afon", released_on="2026-11-26", updated_at="2026-11-26 10:00:00"
    )
    records = list(SourceRecord.objects.for_system("a test").filter(source="custody").order_by("pk"))
    for one in records[1:]:
        score(system, records[0].pk, one.pk)
    found, withheld = told_of(auditor, records[0].pk)
    told = [(one.what, *one.said.values()) for one in found.included if one.what in (What.CUSTODY, What.RELEASE)]
    assert told == [
        (What.CUSTODY, "2026-11-24", "2026-11-24", "Bangor"),
        (What.RELEASE, "HMP Glan Afon", "2026-11-26"),
    ]
    assert (withheld[What.CUSTODY, Why.PUT_RIGHT], withheld[What.RELEASE, Why.PUT_RIGHT]) == (1, 1)


def test_a_crime_for_which_he_was_arrested_by_mistake_alone_tells_of_no_case(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    auditor = acting_as("auditor")
    case, his, _hers = parties(system, tmp_path)
    send_detention(system, tmp_path, 1, station="Aberfan", updated_at="2026-11-24 10:45:00")
    held = SourceRecord.objects.for_system("a test").get(source="custody")
    score(system, his.pk, held.pk)

    def told() -> list[str]:
        return [one.said["reference"] for one in told_of(auditor, his.pk)[0].included if one.what is What.CASE]

    assert told() == [case.reference], "he was arrested for it"
    send_detention(system, tmp_path, 1, station="Aberfan", crime_ref="CRIME2", updated_at="2026-11-24 11:00:00")
    assert told() == []
