"""What cannot be decided waits for a person, is not lost, and goes where they say (INT-04)."""

from collections.abc import Callable

import pytest

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.cases.models import CaseRole, HearingVersion
from craffu.common.refusals import NotNow, NotPermitted
from craffu.intake.models import HeldDecision
from craffu.intake.queries import open_rows
from craffu.intake.releasing import release
from craffu.intake.running import Done
from craffu.people.models import Membership, SourceRecord
from tests.factories.court_messages import court_message

DUMMY = "0800PP0100000000001H"

FIRST = court_message(asn=DUMMY, family_name="EXAMPLE", birth_date="1988-03-02", hearing_date="2025-03-03")
SAME_NAME_NO_BIRTH_DATE = court_message(asn=DUMMY, family_name="EXAMPLE", birth_date=None, hearing_date="2025-04-03")


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
