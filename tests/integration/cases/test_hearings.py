"""What the courts said, version by version: amended, out of order, and as it was known at an earlier time (X10)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from craffu.access.acting import Acting
from craffu.cases.models import Case, CaseStage, Offence, Outcome
from craffu.cases.queries import court_story, hearings_listed, latest_versions, roles_of_records
from craffu.cases.states import Stage
from craffu.cases.story_queries import Told, outcomes_given, story_told
from craffu.intake.running import Done
from craffu.people.models import Person, SourceRecord
from craffu.people.queries import identities, people_of_records, records_of
from tests.factories.court_messages import court_message, next_hearing, offence, result

type TakeIn = Callable[..., Done]


def only(model: type, why: str = "reading back in a test") -> object:
    return model.objects.for_system(why).get()  # type: ignore[attr-defined]


def message(day: str, *, final: str = "N", finding: str | None = None, text: str = "Adjourned", **who: object) -> bytes:
    charge = offence(
        final=final, finding=finding, conviction=day if finding == "G" else None, results=[result(text=text)]
    )
    return court_message(hearing_date=day, offences=[charge], **who)


def outcomes(by: Acting) -> dict[int, Outcome]:
    """How the offences of the only case ended."""
    _, counting = story_told(Told(by, case=only(Case).pk), [])
    return outcomes_given(by, counting)


@pytest.mark.rule("INT-01")
def test_an_amended_message_takes_the_place_of_the_earlier_one_and_both_are_kept(
    system: Acting, take_in_messages: TakeIn
) -> None:
    take_in_messages(message("2025-03-03", text="Fined"), message("2025-03-03", text="Discharged"))
    record = only(SourceRecord)
    story = court_story(system, records=[record.pk])
    assert [version.charges.all()[0].results.all()[0].text for version in story] == ["Fined", "Discharged"]
    assert {version.hearing_id for version in story} == {story[0].hearing_id}
    assert latest_versions(system).get() == story[1]


def test_the_story_is_in_the_order_of_the_hearings_whatever_order_they_came_in(
    system: Acting, take_in_messages: TakeIn
) -> None:
    take_in_messages(message("2025-05-05"), message("2025-03-03"), message("2025-04-04"))
    record = only(SourceRecord)
    days = [version.hearing.held_on.isoformat() for version in court_story(system, records=[record.pk])]
    assert days == ["2025-03-03", "2025-04-04", "2025-05-05"]


def test_a_story_can_be_read_as_it_was_known_at_an_earlier_time(
    system: Acting, take_in_messages: TakeIn, frozen_clock
) -> None:
    take_in_messages(message("2025-03-03", text="Fined"))
    known_at = frozen_clock.shift(timedelta(hours=1)) or only(Case).known_from
    frozen_clock.shift(timedelta(days=1))
    take_in_messages(message("2025-03-03", text="Discharged"), message("2025-04-04"))
    record = only(SourceRecord)
    then = court_story(system, records=[record.pk], known_at=known_at)
    assert [version.charges.all()[0].results.all()[0].text for version in then] == ["Fined"]
    assert len(court_story(system, records=[record.pk])) == 3


@pytest.mark.rule("IDN-01")
def test_a_persons_newest_word_is_shown_and_an_older_hearing_heard_later_does_not_replace_it(
    system: Acting, take_in_messages: TakeIn
) -> None:
    take_in_messages(
        message("2025-05-05", birth_date="1984-06-02", title="Dr"),
        message("2025-03-03", birth_date=None, title="Mr"),
    )
    person = only(Person)
    shown = identities(system, [person])[person.pk]
    assert (shown.born_on, shown.records) == ("1984-06-02", 1)
    assert len(records_of(system, person)) == 1
    assert only(SourceRecord).versions.count() == 2


def test_a_case_is_concluded_when_all_is_final_and_comes_back_when_it_is_not(
    system: Acting, take_in_messages: TakeIn
) -> None:
    def stages() -> list[str]:
        return list(CaseStage.objects.for_user(system).order_by("id").values_list("stage", flat=True))

    take_in_messages(message("2025-03-03"))
    assert stages() == [Stage.AT_COURT]
    take_in_messages(message("2025-05-05", final="Y", finding="G"))
    assert stages() == [Stage.AT_COURT, Stage.CONCLUDED]
    take_in_messages(message("2025-04-04"))
    assert stages() == [Stage.AT_COURT, Stage.CONCLUDED], "a hearing before the last one changes nothing"
    take_in_messages(message("2025-06-06"))
    assert stages() == [Stage.AT_COURT, Stage.CONCLUDED, Stage.AT_COURT]


def test_an_outcome_of_a_replaced_message_does_not_count(system: Acting, take_in_messages: TakeIn) -> None:
    take_in_messages(message("2025-03-03", final="Y", finding="G"))
    charged = only(Offence)
    assert outcomes(system)[charged.pk].kind == "convicted"
    take_in_messages(message("2025-03-03", final="Y", finding="N"))
    assert outcomes(system)[charged.pk].kind == "not_guilty"
    take_in_messages(message("2025-03-03", final="N"))
    assert outcomes(system) == {}


@pytest.mark.rule("IDN-02")
def test_one_case_holds_several_people_and_dummy_arrest_numbers_join_nobody(
    system: Acting, take_in_messages: TakeIn
) -> None:
    dummy = "0800PP0100000000001H"
    take_in_messages(
        message("2025-03-03", asn=dummy, family_name="ONE"),
        message("2025-03-03", asn=dummy, family_name="TWO"),
        message("2025-03-03", asn="2563AA0100000000999K", family_name="THREE"),
    )
    case = only(Case)
    records = list(SourceRecord.objects.for_user(system).values_list("pk", flat=True))
    assert len(records) == len(set(people_of_records(system, records).values())) == 3
    assert {role.case_id for role in roles_of_records(system, records)} == {case.pk}


@pytest.mark.rule("INT-02")
@pytest.mark.rule("SEC-10")
def test_every_version_says_where_it_came_from_and_whose_it_is(system: Acting, take_in_messages: TakeIn) -> None:
    take_in_messages(message("2025-03-03"))
    version = only(SourceRecord).versions.get()
    hearing = court_story(system, records=[version.record_id])[0]
    for row in (version, hearing):
        assert (row.source, len(row.file_sha256), row.mapping_version) == ("court-results", 64, "1")
        assert row.line > 1
        assert row.controller == "HM Courts and Tribunals Service"
        assert (row.regime, bool(row.sharing_basis)) == ("part_3", True)


def two_offences(day: str, *, first_final: str = "N", both: bool = True, **who: object) -> bytes:
    charges = [offence(sequence="001", final=first_final, finding="N" if first_final == "Y" else None)]
    charges += [offence(sequence="002", code="PH97008")] if both else []
    return court_message(hearing_date=day, offences=charges, **who)


def test_a_case_is_not_concluded_while_an_offence_that_a_later_hearing_does_not_name_is_open(
    system: Acting, take_in_messages: TakeIn
) -> None:
    take_in_messages(two_offences("2025-03-03"), two_offences("2025-04-04", first_final="Y", both=False))
    stages = CaseStage.objects.for_user(system).order_by("id").values_list("stage", flat=True)
    assert list(stages) == [Stage.AT_COURT]


def test_an_offence_taken_up_again_has_not_ended(system: Acting, take_in_messages: TakeIn) -> None:
    take_in_messages(message("2025-03-03", final="Y", finding="G"), message("2025-06-06", final="N"))
    assert outcomes(system) == {}


# What lies ahead


def set_for(*days_and_times: tuple[str, str | None], day: str = "2026-01-02", **who: object) -> bytes:
    charges = [
        offence(sequence=f"{number:03}", results=[result(next_hearing=next_hearing(date=to, time=at))])
        for number, (to, at) in enumerate(days_and_times, 1)
    ]
    return court_message(hearing_date=day, offences=charges, **who)


def ahead(by: Acting) -> list[tuple[str, str]]:
    found = hearings_listed(by, date(2026, 1, 14), date(2026, 1, 21))
    return [(str(one.listing.on), f"{one.listing.at:%H:%M}" if one.listing.at else "") for one in found]


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        ([set_for(("2026-01-13", "10:00:00"), ("2026-01-22", "10:00:00"))], []),
        (
            [set_for(("2026-01-14", "10:00:00"), ("2026-01-21", "10:00:00"))],
            [("2026-01-14", "10:00"), ("2026-01-21", "10:00")],
        ),
        # several offences put off to one day are one hearing, at the earliest time, in whatever order they stand
        ([set_for(("2026-01-15", "10:00:00"), ("2026-01-15", "14:00:00"))], [("2026-01-15", "10:00")]),
        ([set_for(("2026-01-15", "14:00:00"), ("2026-01-15", "10:00:00"))], [("2026-01-15", "10:00")]),
        # the later hearing's word for a day counts, though its message came first
        (
            [
                set_for(("2026-01-15", "14:00:00"), day="2026-01-09"),
                set_for(("2026-01-15", "10:00:00"), day="2026-01-02"),
            ],
            [("2026-01-15", "14:00")],
        ),
        # a hearing held on the day, or after it, answers for it
        ([set_for(("2026-01-15", "10:00:00")), court_message(hearing_date="2026-01-15")], []),
        ([set_for(("2026-01-15", "10:00:00")), court_message(hearing_date="2026-01-16")], []),
        ([set_for(("2026-01-15", "10:00:00")), court_message(hearing_date="2026-01-14")], [("2026-01-15", "10:00")]),
        # and an amended message that took it back
        ([set_for(("2026-01-15", "10:00:00")), set_for(("2026-03-15", "10:00:00"))], []),
    ],
)
def test_a_hearing_ahead_is_what_the_court_last_set_and_has_not_held(
    messages: list[bytes], wanted: list[tuple[str, str]], system: Acting, take_in_messages: TakeIn
) -> None:
    take_in_messages(*messages)
    assert ahead(system) == wanted
