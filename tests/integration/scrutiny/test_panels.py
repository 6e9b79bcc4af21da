"""A panel of volunteers: nobody is shown another's verdict before the panel's, dissent is kept word for word, and found again."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.actions import change_right
from craffu.audit.models import Event
from craffu.common.refusals import NotNow, NotPermitted, Refusal
from craffu.scrutiny.interviewing.facts import NewLiveRisk
from craffu.scrutiny.models import LiveRisk, MemberVerdict, PanelMember
from craffu.scrutiny.panels.actions import (
    declare,
    dissent,
    give_verdict,
    name_member,
    open_panel,
    put_case,
    record_training,
    record_verdict,
    refer_from_panel,
)
from craffu.scrutiny.panels.facts import NewMatter, NewMember, NewTraining, NewVerdict
from craffu.scrutiny.panels.kinds import Training, Verdict
from craffu.scrutiny.panels.queries import Matter, find_panel, judged_with_words, may_read_case, panels
from craffu.scrutiny.reviewing.actions import declare_interest, give_on
from craffu.scrutiny.sampling.queries import may_review
from tests.factories.panels import PANEL, sitting
from tests.factories.samples import drawn, judged, reviews_of, some_cases, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep]

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
SAID = "The file shows that she was not told.\n  Nobody rang “for weeks”."


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as found:
        act()
    return found.value.code


def matter(by: Acting, reference: str) -> Matter:
    found = find_panel(by, reference)
    assert found is not None
    return found.matters[0]


NAMES = ("ann", "bob", "cai", "dai")


@pytest.fixture
def officer(acting_as: Callable[..., Acting], frozen_clock: time_machine.Traveller) -> Acting:
    frozen_clock.move_to(NOW)
    return acting_as("scrutiny_officer", username="so")


@pytest.fixture
def analyst(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("analyst", username="an")


@pytest.fixture
def volunteers(acting_as: Callable[..., Acting]) -> list[Acting]:
    return [acting_as("volunteer_reviewer", username=name) for name in NAMES]


def test_who_sits_on_a_panel_and_which_case_may_come_before_it(
    officer: Acting, analyst: Acting, volunteers: list[Acting], system: Acting, tmp_path: Path
) -> None:
    ann, bob, _cai, dai = volunteers
    some_cases(system, tmp_path, 1)
    sample = drawn(officer, analyst, [ann, bob])
    panel = open_panel(by=officer, given=PANEL).reference
    early = NewMatter(sample.reference, 1)
    assert refused(lambda: put_case(by=officer, panel=panel, given=early)) == "reviews_open"
    for review in reviews_of(sample):
        submitted(next(one for one in (ann, bob) if one.user == review.reviewer), review.reference)
    at = sitting(officer, volunteers[:3], sample).reference
    assert refused(lambda: put_case(by=officer, panel=at, given=early)) == "before_the_panel"
    for wrong in (NewMatter("SM-99999", 1), NewMatter(sample.reference, 9)):
        with pytest.raises(NotPermitted):
            put_case(by=officer, panel=at, given=wrong)
    later = NewMember("dai", True, date(2026, 11, 30))
    assert refused(lambda: name_member(by=officer, panel=at, given=later)) == "day_to_come"
    assert (
        refused(lambda: name_member(by=officer, panel=at, given=NewMember("an", True, NOW.date()))) == "not_a_volunteer"
    )
    assert [one.row.reference for one in panels(officer)] == [at, panel]
    assert [one.row.reference for one in panels(ann)] == [at]
    assert find_panel(dai, at) is None, "whoever does not sit on it does not learn that it is there"
    with pytest.raises(NotPermitted):
        find_panel(analyst, at)
    name_member(by=officer, panel=at, given=NewMember("dai", True, NOW.date()))
    given = NewVerdict(Verdict.APPROPRIATE, SAID)
    record_training(by=officer, panel=at, given=NewTraining("dai", Training.STALKING, date(2026, 11, 1)))
    assert refused(lambda: give_verdict(by=dai, panel=at, number=1, given=given)) == "not_trained"
    name_member(by=officer, panel=at, given=NewMember("dai", False, NOW.date()))
    assert PanelMember.objects.for_user(officer).filter(person=dai.user).count() == 2, "what was said before stays"
    with pytest.raises(NotPermitted):
        give_verdict(by=dai, panel=at, number=1, given=given)


def test_nobody_is_shown_a_verdict_before_the_panels_and_dissent_is_kept_word_for_word(
    officer: Acting, analyst: Acting, volunteers: list[Acting], system: Acting, tmp_path: Path
) -> None:
    ann, bob, cai, _dai = volunteers
    some_cases(system, tmp_path, 1)
    sample = judged(officer, analyst, [ann, bob])
    at = sitting(officer, volunteers[:3], sample, are_declared=False).reference
    given = NewVerdict(Verdict.APPROPRIATE, SAID)
    assert refused(lambda: give_verdict(by=ann, panel=at, number=1, given=given)) == "interest_not_said"
    for by in (ann, bob, cai):
        found, on = find_panel(by, at), NOW.date()
        assert found is not None
        assert not may_read_case(by, found, found.matters[0], on), "nothing of it before that"
        declare(by=by, panel=at, number=1, is_interested=False)
        assert may_read_case(by, found, matter(by, at), on)
    assert refused(lambda: declare(by=ann, panel=at, number=1, is_interested=True)) == "interest_said"

    def judges(by: Acting, verdict: Verdict) -> MemberVerdict:
        return give_verdict(by=by, panel=at, number=1, given=NewVerdict(verdict, SAID))

    assert refused(lambda: judges(ann, Verdict.CANNOT_AGREE)) == "not_of_one"
    judges(ann, Verdict.INAPPROPRIATE)
    assert refused(lambda: judges(ann, Verdict.APPROPRIATE)) == "verdict_given"
    of_panel = NewVerdict(Verdict.WITH_OBSERVATIONS, "Safeguarded, and not told of it")
    assert refused(lambda: record_verdict(by=officer, panel=at, number=1, given=of_panel)) == "members_awaited"
    judges(bob, Verdict.APPROPRIATE)
    judges(cai, Verdict.WITH_OBSERVATIONS)
    for by, seen in ((officer, 0), (ann, 1)):
        assert len(matter(by, at).verdicts_shown(by.user)) == seen
    assert refused(lambda: dissent(by=ann, panel=at, number=1, words=SAID)) == "no_verdict_yet"
    record_verdict(by=officer, panel=at, number=1, given=of_panel)
    assert refused(lambda: record_verdict(by=officer, panel=at, number=1, given=of_panel)) == "verdict_given"
    dissent(by=ann, panel=at, number=1, words=SAID)
    assert refused(lambda: dissent(by=ann, panel=at, number=1, words=SAID)) == "verdict_given"
    found = matter(bob, at)
    assert len(found.verdicts_shown(bob.user)) == 3
    assert [(one.words, one.by) for one in found.dissents] == [(SAID, ann.user)], "word for word"
    assert [of.row.number for _panel, of in judged_with_words(officer, "rang weeks")] == [1]
    assert judged_with_words(officer, "rang yesterday") == []
    put_case(by=officer, panel=at, given=NewMatter(sample.reference, 1))
    assert len(find_panel(officer, at).matters) == 2, "it may come before it anew"  # type: ignore[union-attr]
    logged = [str(one.__dict__) for one in Event.objects.filter(kind__startswith="panel")]
    assert len(logged) > 10
    assert not any("Nobody rang" in one or "inappropriate" in one for one in logged)


def test_an_interest_that_was_declared_keeps_a_member_from_judging(
    officer: Acting, analyst: Acting, volunteers: list[Acting], system: Acting, tmp_path: Path
) -> None:
    some_cases(system, tmp_path, 1)
    sample = drawn(officer, analyst, volunteers[:3])
    theirs = {one.user.username: one for one in volunteers if one.user}
    first, second = reviews_of(sample)
    interested = theirs[first.reviewer.username]
    declare_interest(by=interested, review=first.reference, is_interested=True)
    on = give_on(by=officer, case=first.case, place=first.place, people=may_review(officer))
    for review in (second, on):
        submitted(theirs[review.reviewer.username], review.reference)
    at = sitting(officer, volunteers, sample, are_declared=False).reference
    given = NewVerdict(Verdict.INAPPROPRIATE, SAID)
    others = [one for one in volunteers if one is not interested]
    for by in others:
        declare(by=by, panel=at, number=1, is_interested=False)
    assert refused(lambda: give_verdict(by=interested, panel=at, number=1, given=given)) == "has_interest"
    for by in others:
        give_verdict(by=by, panel=at, number=1, given=given)
    agree = NewVerdict(Verdict.CANNOT_AGREE, "Everybody said the same")
    with pytest.raises(NotNow, match="the panel agrees"):
        record_verdict(by=officer, panel=at, number=1, given=agree)
    record_verdict(by=officer, panel=at, number=1, given=given)
    with pytest.raises(NotNow, match="gave no verdict"):
        dissent(by=interested, panel=at, number=1, words=SAID)


def test_whoever_left_holds_nobody_up_and_a_danger_reaches_the_force_from_a_panel(
    officer: Acting, analyst: Acting, volunteers: list[Acting], system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:  # fmt: skip
    administrator = acting_as("administrator")
    ann, bob, _cai, dai = volunteers
    some_cases(system, tmp_path, 1)
    at = sitting(officer, volunteers, judged(officer, analyst, [ann, bob])).reference
    assert dai.user is not None
    given, today = NewVerdict(Verdict.APPROPRIATE, SAID), NOW.date()
    for by in volunteers[:3]:
        give_verdict(by=by, panel=at, number=1, given=given)
    change_right(by=administrator, user=dai.user, right="volunteer_reviewer", held=False, reason="They moved away")
    with pytest.raises(NotNow, match="Not everybody has"):
        record_verdict(by=officer, panel=at, number=1, given=given)
    name_member(by=officer, panel=at, given=NewMember("dai", False, today))
    told = NewLiveRisk("harm", "He waits outside", "01632 960001")
    first = refer_from_panel(by=ann, panel=at, number=1, given=told)
    assert refer_from_panel(by=ann, panel=at, number=1, given=told) == first, "told once"
    assert (first.by, first.review.case) == (ann.user, matter(ann, at).row.case)
    assert LiveRisk.objects.for_system("a test").count() == 1
    with pytest.raises(NotPermitted):
        refer_from_panel(by=analyst, panel=at, number=1, given=told)
    record_verdict(by=officer, panel=at, number=1, given=given)
