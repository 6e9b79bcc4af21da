"""Panels of volunteers: whose training counts, when a panel may say what, who dissents; and who may (item 9 of issue M)."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.actors import Actor
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal
from craffu.scrutiny.panels import permissions, policies
from craffu.scrutiny.panels.kinds import OF_ONE, Training, Verdict
from craffu.scrutiny.panels.rules import Why, counts_until, differs, lacks, why_no_verdict
from tests.factories.rights import who_may

FINE, NOTED, BAD, OPEN = (
    Verdict.APPROPRIATE, Verdict.WITH_OBSERVATIONS, Verdict.INAPPROPRIATE, Verdict.CANNOT_AGREE,
)  # fmt: skip
TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("on", "until"),
    [
        (date(2023, 11, 30), date(2026, 11, 30)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2024, 12, 31), date(2027, 12, 31)),
    ],
)
def test_training_counts_three_years(on: date, until: date) -> None:
    assert counts_until(on) == until
    every = dict.fromkeys(Training, on)
    assert lacks(every, until) == ()
    assert lacks(every, date.fromordinal(until.toordinal() + 1)) == tuple(Training)
    assert lacks(every, date.fromordinal(on.toordinal() - 1)) == tuple(Training), "it is still to come"


def test_each_training_is_needed() -> None:
    assert lacks({Training.SCRUTINY: TODAY, Training.STALKING: date(2020, 1, 1)}, TODAY) == (
        Training.STALKING, Training.CONFIDENTIALITY,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "said", "members", "why"),
    [
        (FINE, [FINE, FINE], 2, Why.TOO_FEW),
        (FINE, [FINE, BAD], 3, Why.AWAITED),
        (FINE, [], 3, Why.AWAITED),
        (OPEN, [FINE, FINE, FINE], 3, Why.ALL_SAID_SO),
        (OPEN, [FINE, FINE, BAD], 3, None),
        (NOTED, [FINE, FINE, BAD], 3, None),
        (BAD, [BAD, BAD, BAD, BAD], 4, None),
    ],
)
def test_each_members_verdict_comes_before_the_panels(
    wanted: Verdict, said: list[Verdict], members: int, why: Why | None
) -> None:
    assert why_no_verdict(wanted, said, members) is why


@given(st.sampled_from(list(Verdict)), st.sampled_from(sorted(OF_ONE)))
def test_whoever_said_otherwise_differs_and_of_a_panel_that_cannot_agree_nobody(
    panel: Verdict, member: Verdict
) -> None:
    assert differs(panel, member) is (panel is not OPEN and panel is not member)


@pytest.mark.rule("SEC-01")
def test_who_may() -> None:
    assert who_may(permissions) == {
        "scrutiny.panels: check_can_run_panels": "scrutiny_officer",
        "scrutiny.panels: check_can_sit": "volunteer_reviewer",
        "scrutiny.panels: check_can_read_panels": "scrutiny_officer volunteer_reviewer",
    }
    for check in (permissions.check_can_run_panels, permissions.check_can_sit, permissions.check_can_read_panels):
        rights = frozenset({"scrutiny_officer", "volunteer_reviewer"})
        program = Actor(name="service", role="", force="demo", kind="service")
        with pytest.raises(NotPermitted, match="Only a named person"):
            check(Acting(program, Force(pk=1, code="demo"), rights, user=None))


GUARDS: dict[str, tuple[Callable[[bool], None], type[Refusal]]] = {
    "one_language": (
        lambda fine: policies.check_panel_is_whole(("Panel", "Panel"), ("Judges", "Barnu" if fine else " ")), NotNow
    ),
    "not_a_volunteer": (lambda fine: policies.check_is_volunteer(is_one=fine), NotNow),
    "day_to_come": (lambda fine: policies.check_day_has_come(TODAY, TODAY if fine else date(2026, 11, 29)), NotNow),
    "reviews_open": (lambda fine: policies.check_reviews_are_in(is_in=fine), NotNow),
    "before_the_panel": (lambda fine: policies.check_not_before_the_panel(is_open=not fine), Conflict),
    "not_a_member": (lambda fine: policies.check_is_member(is_one=fine), NotNow),
    "not_trained": (lambda fine: policies.check_is_trained(() if fine else (Training.STALKING,)), NotNow),
    "has_interest": (lambda fine: policies.check_has_no_interest(has_interest=not fine), NotNow),
    "verdict_given": (lambda fine: policies.check_not_given(is_given=not fine), Conflict),
    "not_of_one": (lambda fine: policies.check_members_verdict(BAD if fine else OPEN), NotNow),
    "words_too_short": (lambda fine: policies.check_words("The risk was seen" if fine else "Fine"), NotNow),
    "members_awaited": (
        lambda fine: policies.check_panels_verdict(FINE, [FINE] * (3 if fine else 2), 3), NotNow
    ),
    "no_verdict_yet": (lambda fine: policies.check_may_dissent(is_given=fine, has_said=True), NotNow),
    "gave_no_verdict": (lambda fine: policies.check_may_dissent(is_given=True, has_said=fine), NotNow),
}  # fmt: skip


@pytest.mark.parametrize("code", GUARDS)
def test_each_guard_passes_or_says_why(code: str) -> None:
    guard, kind = GUARDS[code]
    guard(True)
    with pytest.raises(kind) as refused:
        guard(False)
    assert refused.value.code == code
