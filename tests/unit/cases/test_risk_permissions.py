"""Who sees a grade, who gives one and who looks at it a second time (page map, P05 and P10; RSK-02, RSK-04)."""

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.roles import OPS, ROLE_KEYS
from craffu.audit.actors import Actor
from craffu.cases.risk.permissions import check_can_assess, check_can_view_grade, check_is_second
from craffu.common.refusals import NotPermitted

SEES_GRADES = frozenset({*OPS, "victim_officer", "response_officer"})


def acting(role: str, *, user: User | None) -> Acting:
    return Acting(Actor("somebody", "", "demo"), Force(pk=1, code="demo"), frozenset({role}), user=user)


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("role", sorted(ROLE_KEYS))
def test_whoever_works_on_cases_grades_and_victims_and_response_officers_only_see_it(role: str) -> None:
    by = acting(role, user=User(pk=7))
    for check, roles in ((check_can_view_grade, SEES_GRADES), (check_can_assess, frozenset(OPS))):
        if role in roles:
            check(by)
        else:
            with pytest.raises(NotPermitted):
                check(by)


@pytest.mark.rule("RSK-02")
def test_a_grade_is_given_by_a_person_and_by_nothing_else() -> None:
    assert check_can_assess(acting("investigator", user=User(pk=7))).pk == 7
    with pytest.raises(NotPermitted, match="Only a person") as refused:
        check_can_assess(acting("investigator", user=None))
    assert refused.value.code == "nobody"


@pytest.mark.rule("RSK-04")
def test_whoever_gave_a_grade_never_looks_at_it_a_second_time() -> None:
    assessor, other = User(pk=7), User(pk=8)
    assert check_is_second(acting("supervisor", user=other), assessor) == other
    with pytest.raises(NotPermitted) as refused:
        check_is_second(acting("supervisor", user=assessor), assessor)
    assert refused.value.code == "own_grade"
