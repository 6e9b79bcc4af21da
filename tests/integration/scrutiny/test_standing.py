"""The standing answer is signed by somebody by the tests as they stand, and no verdict turns without a word why (SCR-13)."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.measures.engine.catalogue import WORKED
from craffu.scrutiny.models import StandingAnswer
from craffu.scrutiny.standing.actions import sign
from craffu.scrutiny.standing.asked import TESTS
from craffu.scrutiny.standing.facts import NewAnswer
from craffu.scrutiny.standing.queries import standing
from craffu.scrutiny.standing.rules import Verdict
from tests.factories.kept_figures import kept_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep, pytest.mark.rule("SCR-13")]

NOW = datetime(2026, 1, 14, 18, tzinfo=UTC)
SAID = NewAnswer("In most cases, but not yet in all.", "Yn y rhan fwyaf o achosion, ond nid ym mhob un.", {}, "")


def test_each_test_names_a_share_that_a_measure_has() -> None:
    for one in TESTS:
        assert one.part in WORKED[one.measure].parts
        assert WORKED[one.measure].of
    assert {one.question.value for one in TESTS} == {"q1", "q2", "q3"}


def test_it_is_signed_and_what_turned_needs_a_cause(
    acting_as: Callable[..., Acting], system: Acting, frozen_clock: time_travel.Traveller
) -> None:
    frozen_clock.move_to(NOW)
    officer, analyst = acting_as("scrutiny_officer", username="so"), acting_as("analyst", username="an")
    assert standing(officer) is None
    with pytest.raises(NotNow, match="Build a snapshot first"):
        sign(by=officer, given=SAID)
    kept_of(officer, NOW, {"MET14": (98, 100), "MET15": (89, 100), "MET25": (0, 40), "MET02": (9, 9)})
    found = standing(officer)
    assert found is not None
    by_key = {one.key: one for one in found.tests}
    assert (by_key["MET14:in_time"].verdict, by_key["MET14:in_time"].hangs_on_one) == (Verdict.MET, False)
    figure = by_key["MET14:in_time"].figure
    assert figure is not None
    assert (figure.is_hidden, figure.numerator) == (True, None), (
        "the two that were late are hidden, the verdict is told"
    )
    assert (by_key["MET15:in_time"].verdict, by_key["MET15:in_time"].hangs_on_one) == (Verdict.NOT_MET, True)
    assert by_key["MET25:unreviewed"].verdict is Verdict.MET
    assert by_key["MET02:in_time"].verdict is Verdict.TOO_FEW
    given = NewAnswer(SAID.words_en, SAID.words_cy, {}, found.seen)
    for by in (analyst, system):
        with pytest.raises(NotPermitted):
            sign(by=by, given=given)
    with pytest.raises(NotNow, match="in English and in Welsh"):
        sign(by=officer, given=NewAnswer("Yes", "Ydy", {}, found.seen))
    row = sign(by=officer, given=given)
    assert (row.signed_on, row.by.username, row.causes) == (date(2026, 1, 14), "so", {})
    kept_of(officer, NOW, {"MET14": (98, 100), "MET15": (91, 100), "MET25": (0, 40), "MET02": (9, 9)})
    with pytest.raises(Conflict, match="Read them again"):
        sign(by=officer, given=given)
    found = standing(officer)
    assert found is not None
    assert [(one.key, one.before, one.now) for one in found.changes] == [
        ("MET15:in_time", Verdict.NOT_MET, Verdict.MET)
    ]
    with pytest.raises(NotNow, match="Say why these tests turned since the last answer: MET15"):
        sign(by=officer, given=NewAnswer(SAID.words_en, SAID.words_cy, {}, found.seen))
    causes = {"MET15:in_time": "Reviews have had an owner since December", "MET14:in_time": "It did not turn"}
    row = sign(by=officer, given=NewAnswer(SAID.words_en, SAID.words_cy, causes, found.seen))
    assert row.causes == {"MET15:in_time": "Reviews have had an owner since December"}
    assert StandingAnswer.objects.for_user(officer).count() == 2
