"""What cannot be decided waits for a person, is not lost, and goes where they say (INT-04)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.cases.models import CaseRole, HearingVersion
from craffu.cases.queries import court_story, latest_versions
from craffu.common import clock
from craffu.common.refusals import NotNow, NotPermitted
from craffu.intake.evidence import evidence_of
from craffu.intake.models import HeldDecision
from craffu.intake.queries import open_rows
from craffu.intake.releasing import release
from craffu.intake.running import Done
from craffu.people.models import Membership, SourceRecord
from tests.factories.court_messages import court_message, offence, result

DUMMY = "0800PP0100000000001H"
ARRESTED, ARRESTED_AGAIN = "1201ZD0100000445099L", "1101ZD0100000410801G"

FIRST = court_message(asn=DUMMY, family_name="EXAMPLE", birth_date="1988-03-02", hearing_date="2025-03-03")
SAME_NAME_NO_BIRTH_DATE = court_message(asn=DUMMY, family_name="EXAMPLE", birth_date=None, hearing_date="2025-04-03")


def told(text: str, *, birth_date: str | None = None, day: str = "2025-04-03", asn: str = DUMMY) -> bytes:
    charges = [offence(results=[result(text=text)])]
    return court_message(asn=asn, family_name="EXAMPLE", birth_date=birth_date, hearing_date=day, offences=charges)


@pytest.fixture
def reviewer(make_user) -> Acting:
    return acting_user(make_user("link_clerk"))


@pytest.fixture
def parked(take_in_messages: Callable[..., Done]) -> Done:
    done = take_in_messages(FIRST, SAME_NAME_NO_BIRTH_DATE)
    assert (done.run.created, done.run.parked) == (1, 1)
    return done


def count(model: type, why: str = "counting in a test") -> int:
    return int(model.objects.for_system(why).count())


@pytest.mark.rule("INT-04")
def test_released_as_the_same_person_it_joins_their_record(parked: Done, reviewer: Acting) -> None:
    release(by=reviewer, rows=open_rows(reviewer, "parked"), decision="same_person", reason="rang the court")
    assert count(SourceRecord) == 1
    assert count(HearingVersion) == 2
    assert not open_rows(reviewer, "parked").exists()


@pytest.mark.rule("INT-04")
def test_released_as_another_person_it_stands_alone_and_says_who_decided(parked: Done, reviewer: Acting) -> None:
    release(by=reviewer, rows=open_rows(reviewer, "parked"), decision="other_person", reason="the son")
    assert count(SourceRecord) == 2
    assert count(CaseRole) == 2
    last = Membership.objects.for_system("reading back").order_by("-id").first()
    assert last.decided_by == reviewer.actor.name


@pytest.mark.rule("INT-01")
@pytest.mark.rule("INT-04")
def test_a_parked_row_sent_again_is_parked_once_and_a_released_one_is_not_news(
    parked: Done, reviewer: Acting, take_in_messages: Callable[..., Done]
) -> None:
    again = take_in_messages(SAME_NAME_NO_BIRTH_DATE)
    assert (again.run.parked, open_rows(reviewer, "parked").count()) == (1, 1)
    release(by=reviewer, rows=open_rows(reviewer, "parked"), decision="same_person", reason="")
    after = take_in_messages(SAME_NAME_NO_BIRTH_DATE)
    assert (after.run.unchanged, after.run.parked) == (1, 0)


def test_a_row_set_aside_stays_aside(parked: Done, reviewer: Acting, take_in_messages: Callable[..., Done]) -> None:
    release(by=reviewer, rows=open_rows(reviewer, "parked"), decision="set_aside", reason="not ours")
    assert count(HearingVersion) == 1
    after = take_in_messages(SAME_NAME_NO_BIRTH_DATE)
    assert (after.run.unchanged, after.run.parked) == (1, 0)


def test_a_row_is_decided_once_and_by_somebody_with_the_right(parked: Done, reviewer: Acting, make_user) -> None:
    rows = list(open_rows(reviewer, "parked"))
    with pytest.raises(NotPermitted):
        release(by=acting_user(make_user("auditor")), rows=rows, decision="set_aside", reason="")
    release(by=reviewer, rows=rows, decision="set_aside", reason="")
    with pytest.raises(NotNow):
        release(by=reviewer, rows=rows, decision="same_person", reason="")
    assert HeldDecision.objects.for_system("reading back").get().decision == "set_aside"


@pytest.mark.rule("INT-01")
@pytest.mark.rule("INT-02")
def test_an_old_message_released_after_a_newer_one_is_not_the_courts_latest_word(
    system: Acting, reviewer: Acting, take_in_messages: Callable[..., Done], frozen_clock
) -> None:
    take_in_messages(FIRST)
    old = frozen_clock.shift(timedelta(hours=1)) or clock.now()
    take_in_messages(told("Old"))
    frozen_clock.shift(timedelta(hours=1))
    assert take_in_messages(told("New", birth_date="1988-03-02")).run.created == 1
    frozen_clock.shift(timedelta(hours=1))
    done = release(by=reviewer, rows=open_rows(reviewer, "parked"), decision="same_person", reason="")
    assert [(one.outcome, one.reason) for one in done] == [("unchanged", "older_version")]
    story = court_story(system, records=[SourceRecord.objects.for_user(system).get().pk])[1:]
    assert [version.charges.all()[0].results.all()[0].text for version in story] == ["Old", "New"]
    assert [(version.received_at, version.known_from) for version in story[:1]] == [(old, clock.now())]
    assert story[1] in latest_versions(system)
    assert story[0] not in latest_versions(system)
    assert latest_versions(system, old).count() == 1, "what was held back was not known then"
    assert take_in_messages(told("Newest", birth_date="1988-03-02")).run.updated == 1


@pytest.mark.rule("INT-04")
def test_another_person_of_the_same_words_has_a_record_of_their_own(
    reviewer: Acting, take_in_messages: Callable[..., Done]
) -> None:
    take_in_messages(told("One"), told("Two", day="2025-05-03"))
    release(by=reviewer, rows=open_rows(reviewer, "parked"), decision="other_person", reason="the son")
    assert count(SourceRecord) == 2
    assert count(HearingVersion) == 2


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize(
    ("known", "possible"),
    [
        ([told("A", birth_date="1988-03-02")], 1),
        ([told("A", asn=ARRESTED)], 1),
        ([told("A", birth_date="1988-03-02"), told("B", birth_date="1961-07-09")], 2),
        ([told("A", asn=ARRESTED), told("B", asn=ARRESTED_AGAIN)], 2),
    ],
)
def test_the_page_shows_whom_a_release_as_the_same_person_would_take(
    reviewer: Acting, take_in_messages: Callable[..., Done], known: list[bytes], possible: int
) -> None:
    take_in_messages(*known)
    take_in_messages(told("C", day="2025-05-03"))
    row = open_rows(reviewer, "parked").get()
    evidence = evidence_of(reviewer, row)
    assert evidence is not None
    assert len(evidence.candidates) == possible
    if possible > 1:
        with pytest.raises(NotNow, match="more than one person"):
            release(by=reviewer, rows=[row], decision="same_person", reason="")
        assert not HeldDecision.objects.for_system("reading back").exists()
    else:
        release(by=reviewer, rows=[row], decision="same_person", reason="")
        assert HearingVersion.objects.for_user(reviewer).latest("id").hearing.role.record_id == evidence.candidates[0]


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(("decision", "records"), [("same_person", 1), ("other_person", 2)])
def test_a_number_on_one_side_only_is_asked_once_and_then_known(
    reviewer: Acting, take_in_messages: Callable[..., Done], decision: str, records: int
) -> None:
    take_in_messages(told("A", asn=ARRESTED, birth_date="1988-03-02"), told("B", birth_date="1988-03-02"))
    release(by=reviewer, rows=open_rows(reviewer, "parked"), decision=decision, reason="asked")
    again = take_in_messages(
        told("C", birth_date="1988-03-02", day="2025-06-03"), told("D", asn=ARRESTED, day="2025-07-03")
    )
    assert (again.run.created, again.run.parked) == (2, 0)
    assert count(SourceRecord) == records
