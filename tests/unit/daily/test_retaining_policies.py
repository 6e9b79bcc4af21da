"""When records may be held, kept, asked to be erased and erased, and by whom: each refusal by its code (SEC-08, SEC-09)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.retention.kinds import ERASES, HOLDS, Authority, Step
from craffu.access.retention.models import RetentionStep
from craffu.access.retention.queries import Stands
from craffu.audit.actors import Actor
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal
from craffu.daily.retaining import permissions, policies

pytestmark = pytest.mark.rule("SEC-08", "SEC-09")

TODAY = date(2032, 11, 25)
A_DAY = timedelta(days=1)


def stands(*steps: Step) -> Stands:
    return Stands("P-10001", tuple(RetentionStep(number=at, step=step.value) for at, step in enumerate(steps, start=1)))


NOTHING, ASKED, HELD = stands(), stands(Step.ERASURE_ASKED), stands(Step.HOLD_PLACED)


@pytest.mark.parametrize(
    ("check", "refusal", "code"),
    [
        (lambda: policies.check_authority(Authority.RETENTION_REVIEW, HOLDS), NotNow, "no_such_authority"),
        (lambda: policies.check_authority(Authority.INQUIRY, ERASES), NotNow, "no_such_authority"),
        (lambda: policies.check_says_why(" \n"), NotNow, "no_reason"),
        (lambda: policies.check_hold_stands(HELD, 2), Conflict, "hold_is_over"),
        (lambda: policies.check_hold_stands(NOTHING, 1), Conflict, "hold_is_over"),
        (lambda: policies.check_next_review(TODAY, TODAY), NotNow, "next_review"),
        (
            lambda: policies.check_next_review(TODAY + timedelta(days=policies.LONGEST_DAYS + 1), TODAY),
            NotNow,
            "next_review",
        ),
        (lambda: policies.check_may_be_asked(ASKED), Conflict, "erasure_asked"),
        (lambda: policies.check_is_asked(NOTHING), Conflict, "erasure_not_asked"),
        (
            lambda: policies.check_is_asked(stands(Step.ERASURE_ASKED, Step.ERASURE_REFUSED)),
            Conflict,
            "erasure_not_asked",
        ),
        (lambda: policies.check_nothing_holds(["P-2"], [], ["RR-2"]), NotNow, "legal_hold"),
        (lambda: policies.check_nothing_holds([], ["RR-1"], ["RR-2"]), NotNow, "rights_request_open"),
        (lambda: policies.check_nothing_holds([], [], ["RR-2"]), NotNow, "use_restricted"),
        (lambda: policies.check_no_files_wait(["R-1"]), NotNow, "files_wait"),
        (lambda: policies.check_something_goes([], []), NotNow, "nothing_to_erase"),
        (lambda: policies.check_is_told_all(is_all=False), NotNow, "another_decides"),
    ],
)
def test_what_stands_in_the_way_is_refused_by_its_code(
    check: Callable[[], None], refusal: type[Refusal], code: str
) -> None:
    with pytest.raises(refusal) as refused:
        check()
    assert refused.value.code == code


def test_what_nothing_stands_in_the_way_of_passes() -> None:
    policies.check_authority(Authority.COURT, HOLDS)
    policies.check_says_why("An inquiry asked for them")
    policies.check_hold_stands(HELD, 1)
    policies.check_next_review(TODAY + A_DAY, TODAY)
    policies.check_next_review(TODAY + timedelta(days=policies.LONGEST_DAYS), TODAY)
    policies.check_may_be_asked(stands(Step.ERASURE_ASKED, Step.ERASURE_REFUSED))
    policies.check_is_asked(ASKED)
    policies.check_nothing_holds([], [], [])
    policies.check_no_files_wait([])
    policies.check_something_goes([1], [])
    policies.check_is_told_all(is_all=True)
    policies.check_something_goes([], [1])


def test_an_erasure_is_the_last_word_until_something_is_said_of_whoever_stayed() -> None:
    erased = stands(Step.ERASURE_ASKED, Step.ERASED)
    assert erased.erased == erased.steps[-1]
    since = stands(Step.ERASED, Step.OPENED)
    assert since.erased is None
    assert since.open_review == since.steps[-1]
    assert stands().erased is None


def test_a_named_auditor_reviews_and_another_decides() -> None:
    force, ann, bob = Force(code="demo"), User(pk=1, username="ann"), User(pk=2, username="bob")
    by = Acting(Actor("ann", "auditor", "demo"), force, frozenset({"auditor"}), user=ann)
    assert permissions.check_can_review(by) == ann
    with pytest.raises(NotPermitted) as refused:
        permissions.check_can_review(Acting(by.actor, force, frozenset({"analyst"}), user=ann))
    assert refused.value.code == "right_not_held"
    with pytest.raises(NotPermitted) as refused:
        permissions.check_can_review(Acting(by.actor, force, by.rights))
    assert refused.value.code == "nobody"
    permissions.check_asked_by_another(ann, bob)
    with pytest.raises(NotPermitted) as refused:
        permissions.check_asked_by_another(ann, ann)
    assert refused.value.code == "asked_it_themselves"
