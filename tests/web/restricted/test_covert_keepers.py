"""Found by reading: what betrays a covert case, and what leaves one to nobody."""

from collections.abc import Callable

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.actions import change_right, close_account
from craffu.access.markings import COVERT
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import let_in, mark, shut_out
from craffu.access.restricted.queries import left_behind, restrictions
from craffu.cases.queries import find_case
from craffu.common.door import bookkeeping
from craffu.common.refusals import NotNow, Refusal
from craffu.config.commands import check
from tests.web.conftest import text_of
from tests.web.restricted.conftest import WHERE, user_of

pytestmark = [pytest.mark.rule("SEC-02"), pytest.mark.django_db]


def asks(client: Client, ask: str, **given: str) -> str:
    client.post("/audit", {"purpose": "lawfulness"})
    said = {f"{ask}-{name}": value for name, value in given.items()}
    answer = client.post("/audit/questions", {"ask": ask, **said})
    return text_of(client.get(answer.headers["Location"]))


@pytest.mark.usefixtures("shut")
def test_what_another_auditor_asked_of_the_log_does_not_name_a_covert_case(
    supervisor: Client, signed_in_client: Callable[..., Client]
) -> None:
    keeper = acting_user(user_of(supervisor))
    mark(by=keeper, marking=COVERT, **WHERE)
    inside, outside = signed_in_client("auditor", username="inside"), signed_in_client("auditor", username="outside")
    let_in(by=keeper, user=user_of(inside), **WHERE)
    asks(inside, "who", record="C-10001")
    told = asks(outside, "search", person="inside")
    assert "Log read" in told
    assert "C-10001" not in told


@pytest.mark.usefixtures("shut")
@pytest.mark.parametrize("how", ["closed", "rights"])
def test_somebody_who_can_read_nothing_any_more_is_nobody_who_stays(
    how: str, supervisor: Client, signed_in_client: Callable[..., Client], system: Acting
) -> None:
    keeper, leaver = user_of(supervisor), user_of(signed_in_client("supervisor", username="leaver"))
    mark(by=acting_user(keeper), marking=COVERT, **WHERE)
    let_in(by=acting_user(keeper), user=leaver, **WHERE)
    if how == "closed":
        close_account(by=system, user=leaver, reason="left")
    else:
        change_right(by=system, user=leaver, right="supervisor", held=False, reason="left")
    with pytest.raises(NotNow):
        shut_out(by=acting_user(keeper), user=keeper, **WHERE)


@pytest.mark.usefixtures("shut")
@pytest.mark.parametrize("how", ["closed", "rights"])
def test_the_only_reader_of_a_covert_case_does_not_leave_it_to_nobody(
    how: str, supervisor: Client, signed_in_client: Callable[..., Client], system: Acting
) -> None:
    """Whoever takes it over is let in, and is whom outsiders ask from then on."""
    keeper, heir = user_of(supervisor), user_of(signed_in_client("coordinator", username="heir"))
    officer = user_of(signed_in_client("investigator", username="officer"))
    mark(by=acting_user(keeper), marking=COVERT, **WHERE)
    let_in(by=acting_user(keeper), user=officer, **WHERE)

    def leaves(to: User | None) -> None:
        if how == "closed":
            close_account(by=system, user=keeper, reason="left the force", heir=to)
        else:
            change_right(by=system, user=keeper, right="supervisor", held=False, reason="left the force", heir=to)

    for nobody in (None, keeper, officer):
        with pytest.raises(Refusal, match=f"restricted to {keeper.username} alone: 1"):
            leaves(nobody)
    assert find_case(acting_user(heir), "C-10001") is None
    leaves(heir)
    assert find_case(acting_user(heir), "C-10001") is not None
    assert restrictions(heir.force)["case", "C-10001"].ask == heir
    shut_out(by=acting_user(heir), user=officer, **WHERE)


@pytest.mark.usefixtures("shut")
def test_whoever_is_not_alone_with_what_is_shut_leaves_without_ado(
    supervisor: Client, signed_in_client: Callable[..., Client], system: Acting
) -> None:
    second = user_of(signed_in_client("supervisor", username="second"))
    let_in(by=acting_user(user_of(supervisor)), user=second, **WHERE)
    close_account(by=system, user=user_of(supervisor), reason="left the force")
    close_account(by=system, user=user_of(signed_in_client("analyst")), reason="left the force")
    with pytest.raises(Refusal, match="restricted to second alone"):
        close_account(by=system, user=second, reason="left the force")


@bookkeeping
def closed_elsewhere(user: User) -> None:
    """As before there was a command for it, which asks who takes over."""
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.usefixtures("shut")
def test_outsiders_are_sent_to_somebody_who_still_works_here(
    supervisor: Client, signed_in_client: Callable[..., Client], system: Acting
) -> None:
    """On the page, by the interface, and where it is opened in an emergency."""
    outsider = signed_in_client("investigator", username="outsider")
    gone, stays = (user_of(signed_in_client("supervisor", username=name)) for name in ("gone", "stays"))
    for one in (gone, stays):
        let_in(by=acting_user(user_of(supervisor)), user=one, **WHERE)

    def told() -> tuple[str, str]:
        page = outsider.get("/cases/C-10001")
        answer = outsider.get("/api/v1/cases/C-10001")
        assert (page.status_code, answer.status_code) == (403, 403)
        return text_of(page), str(answer.json())

    assert all("ask Test supervisor" in one for one in told())
    for left in (user_of(supervisor), gone):
        close_account(by=system, user=left, reason="left the force")
    assert all("ask Test stays." in one for one in told())
    closed_elsewhere(stays)
    assert all("ask your supervisor." in one for one in told())


@pytest.mark.usefixtures("shut")
def test_the_check_finds_what_is_left_to_nobody_and_says_how_it_is_handed_on(
    supervisor: Client, signed_in_client: Callable[..., Client], system: Acting
) -> None:
    keeper, heir = user_of(supervisor), user_of(signed_in_client("coordinator", username="heir"))
    mark(by=acting_user(keeper), marking=COVERT, **WHERE)
    assert (left_behind(keeper.force), list(check.restricted())) == ({}, [])
    closed_elsewhere(keeper)
    assert left_behind(keeper.force) == {keeper.username: 1}
    [problem] = check.restricted()
    assert f"left by {keeper.username}" in problem
    assert f"craffu user close {keeper.username} " in problem
    assert "C-10001" not in problem
    close_account(by=system, user=User.objects.get(pk=keeper.pk), reason="left the force", heir=heir)
    assert list(check.restricted()) == []
    assert find_case(acting_user(heir), "C-10001") is not None
