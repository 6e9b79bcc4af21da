"""Who may be scored, what nobody but an officer decides, and when a plan is whole (PRI-01, 06, 07, 10, PLN-01 to 03)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from craffu.prevention.deciding import rules as deciding
from craffu.prevention.planning import rules as planning
from craffu.prevention.planning.rules import Choice, Lacks, Option, Plan
from craffu.prevention.population.rules import Answer, Definition, Group, Happened, WhyOut, is_member
from craffu.prevention.scoring.facts import Part, Standing

ON = date(2026, 11, 24)
WHOLE = Definition("Everybody", 1, date(2026, 11, 1), "NEC-2", date(2026, 10, 20))
STALKED = Happened("stalking", Part.SUSPECT, ON)
REASON = "Considered and not proportionate"


@pytest.mark.rule("PRI-01")
@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"name": ""}, "name"),
        ({"version": None}, "version"),
        ({"begins": None}, "from"),
        ({"necessity_ref": ""}, "necessity_ref"),
        ({"necessity_on": None}, "necessity_on"),
    ],
)
def test_while_a_part_of_the_definition_is_missing_nobody_is_in(change: dict[str, Any], missing: str) -> None:
    assert is_member(WHOLE, [STALKED], ON) == Answer(True)
    found = is_member(replace(WHOLE, **change), [STALKED], ON)
    assert found == Answer(False, WhyOut.INCOMPLETE, (missing,))


@pytest.mark.rule("PRI-01")
@pytest.mark.rule("PRI-10")
def test_each_reason_why_somebody_is_not_in() -> None:
    def why(*events: Happened, on: date = ON) -> WhyOut | None:
        found = is_member(WHOLE, events, on)
        assert found.is_in is (found.why is None)
        return found.why

    assert why(STALKED, on=date(2026, 11, 1)) == WhyOut.TOO_OLD, "an event after the day"
    assert why(replace(STALKED, occurred_on=date(2026, 10, 1)), on=date(2026, 11, 1)) is None
    assert why(STALKED, on=date(2026, 10, 31)) == WhyOut.NOT_YET
    assert why() == WhyOut.NO_SUCH_OFFENCE
    assert why(replace(STALKED, group="burglary")) == WhyOut.NO_SUCH_OFFENCE
    for group in Group:
        assert why(replace(STALKED, group=group)) is None
    for part, expected in {
        Part.OFFENDER: None,
        Part.VICTIM: WhyOut.OTHER_PART,
        Part.WITNESS: WhyOut.OTHER_PART,
    }.items():
        assert why(replace(STALKED, part=part)) == expected
    for standing in set(Standing) - {Standing.RECORDED}:
        assert why(replace(STALKED, standing=standing)) == WhyOut.ELIMINATED
    assert why(replace(STALKED, occurred_on=ON - timedelta(days=1_095))) is None
    assert why(replace(STALKED, occurred_on=ON - timedelta(days=1_096))) == WhyOut.TOO_OLD
    # No event of two counts, for two reasons: the one that only the second reached is said.
    assert why(replace(STALKED, part=Part.VICTIM), replace(STALKED, standing=Standing.NO_CRIME)) == WhyOut.ELIMINATED


@pytest.mark.rule("PRI-06")
@pytest.mark.rule("PRI-07")
def test_the_tool_does_nothing_and_nobody_edits_a_score() -> None:
    for act in deciding.Act:
        for actor in ("", deciding.SYSTEM):
            assert deciding.why_not(act, actor, REASON) is not None
    assert deciding.why_not(deciding.Act.EDIT_SCORE, "u8", REASON) == deciding.WhyNot.NEVER_EDITED
    assert deciding.why_not(deciding.Act.ADD_TO_COHORT, "u8", "") is None
    for act in (deciding.Act.OVERRIDE, deciding.Act.CHALLENGE):
        assert deciding.why_not(act, "u8", " not him  ") == deciding.WhyNot.REASON
        assert deciding.why_not(act, "u8", REASON) is None


@pytest.mark.rule("PRI-10")
def test_a_cohort_is_left_by_somebody_who_says_why() -> None:
    leaving = deciding.Leaving("u8", REASON, 21.5)
    assert deciding.may_leave(leaving)
    for by, reason in (("", REASON), (deciding.SYSTEM, REASON), ("u8", "gone")):
        assert not deciding.may_leave(deciding.Leaving(by, reason, 21.5))
    assert deciding.review_due(ON) == date(2026, 12, 22)
    assert deciding.change(57.5, 21.5) == -36.0
    assert (deciding.change(None, 1.0), deciding.change(1.0, None)) == (None, None)


NOT_USED = Plan(
    dict.fromkeys(Option, Choice.NOT_USED),
    dict.fromkeys(Option, REASON),
    "In custody until March",
    "u7",
    date(2026, 12, 18),
)


@pytest.mark.rule("PLN-01")
@pytest.mark.rule("PLN-02")
def test_a_plan_is_whole_when_every_option_is_decided_and_somebody_owns_it() -> None:
    assert planning.lacks(NOT_USED) == []
    for option in Option:
        left = {one: choice for one, choice in NOT_USED.decisions.items() if one is not option}
        assert planning.lacks(replace(NOT_USED, decisions=left)) == [(Lacks.UNDECIDED, option)]
        unsaid = {**NOT_USED.reasons, option: "no"}
        assert planning.lacks(replace(NOT_USED, reasons=unsaid)) == [(Lacks.NO_REASON, option)]
        used = {**NOT_USED.decisions, option: Choice.USE}
        assert planning.lacks(replace(NOT_USED, decisions=used, reasons=unsaid, none_reason="")) == []
    assert planning.lacks(replace(NOT_USED, none_reason="")) == [(Lacks.NONE_NEEDS_REASON, None)]
    assert planning.lacks(replace(NOT_USED, owner="", review_on=None)) == [
        (Lacks.NO_OWNER, None),
        (Lacks.NO_REVIEW, None),
    ]
    assert planning.plan_due(ON) == date(2026, 12, 1)


@pytest.mark.rule("PLN-03")
def test_a_rate_has_its_exact_interval_and_none_where_nobody_was_at_risk() -> None:
    assert planning.rate(3, 0) is None
    found = planning.rate(6, 365)
    assert found is not None
    assert found.a_year == pytest.approx(6 / 365 * 365.25)
    # Garwood's interval of six: 2.2019 and 13.0595.
    years = 365 / 365.25
    assert found.low == pytest.approx(2.2018942 / years, rel=1e-5)
    assert found.high == pytest.approx(13.0594741 / years, rel=1e-5)
    nobody = planning.rate(0, 400)
    assert nobody is not None
    assert (nobody.events, nobody.days, nobody.a_year, nobody.low) == (0, 400, 0.0, 0.0)
    assert nobody.high > 0
    for events, days in ((-1, 1), (1, -1)):
        with pytest.raises(ValueError, match="counted from nought"):
            planning.rate(events, days)
