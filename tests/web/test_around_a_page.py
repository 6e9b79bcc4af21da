"""What stands around a page names nobody: its title, its addresses, its headers and what a browser keeps of it (SEC-06)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.common import clock
from tests.factories.court_lists import line, listed
from tests.factories.court_messages import court_message
from tests.factories.deep_dives import answered_by_force, begun
from tests.factories.initiatives import under_way
from tests.factories.interviews import answered, referred
from tests.factories.kept_figures import kept_of
from tests.factories.panels import sitting
from tests.factories.priorities import decided_on, scored_by
from tests.factories.recommended import recommended
from tests.factories.stories import held_back
from tests.factories.victims import AGREED
from tests.web.conftest import TakeIn, title_of
from tests.web.test_role_matrix import (
    PAGES,
    address,
    hold_meetings,
    judge_a_sample,
    look_after_a_victim,
    make_a_plan,
    make_an_order,
    open_a_restricted_case,
    report_a_breach,
)


@pytest.mark.deep
@pytest.mark.rule("SEC-06")
def test_no_name_date_of_birth_or_number_of_anybody_is_in_a_title_an_address_or_a_header(
    take_in_files: TakeIn,
    signed_in_client: Callable[..., Client],
    system: Acting,
    make_user: Callable[..., User],
    tmp_path: Path,
) -> None:
    """Canaries: values that stand in the register and may be in the body of a page, never around it."""
    canaries = (
        *("KANARIGIVEN", "KANARIFAMILY", "1977-07-17", "07700900777", "Heol Kanari", "2563AA0100000000777K"),
        *(AGREED.safe_word, AGREED.never_say),
    )
    open_a_restricted_case(take_in_files, make_user)
    given = court_message(
        given_names=("KANARIGIVEN",),
        family_name="KANARIFAMILY",
        birth_date="1977-07-17",
        telephones={"Home": "07700900777"},
        address=("Heol Kanari",),
        asn="2563AA0100000000777K",
    )
    take_in_files({"1.xml": given})
    take_in_files(held_back())
    judge_a_sample(system, tmp_path, make_user)
    listed(system, tmp_path, line(ptiurn="63AA9"))
    look_after_a_victim(system, acting_user(make_user("victim_officer")), tmp_path)
    team = acting_user(make_user("orders_team"))
    make_an_order(team, acting_user(make_user("victim_officer")))
    make_a_plan(acting_user(make_user("offender_manager")), acting_user(make_user("supervisor")))
    scored_by(acting_user(make_user("coordinator")), clock.now())
    decided_on(acting_user(make_user("offender_manager")), clock.now())
    hold_meetings(acting_user(make_user("offender_manager")), acting_user(make_user("coordinator")))
    report_a_breach(team)
    officer = acting_user(make_user("scrutiny_officer"))
    referred(officer, answered(officer))
    recommended(officer)
    answered_by_force(officer, begun(officer, system).reference)
    kept_of(officer, clock.now(), {})
    under_way(acting_user(make_user("workforce_lead")))
    sitting(officer, [acting_user(make_user("volunteer_reviewer"))])
    seen: set[str] = set()
    for role in ("supervisor", "analyst", "scrutiny_officer"):
        client = signed_in_client(role)
        for name, page in PAGES.items():
            if role not in page.roles:
                continue
            # The Welsh page is looked at for the first role that opens it.
            for path in (address(name), *([] if name in seen else [f"/cy{address(name)}"])):
                seen.add(name)
                answer = client.get(path)
                assert answer.status_code == page.get, path
                body = answer.content.decode()
                around = [title_of(answer)] if "<title>" in body else []
                around += re.findall(r'(?:href|action|src|id|name)="([^"]*)"', body)
                around += [f"{header}: {value}" for header, value in answer.headers.items()]
                around += [str(cookie) for cookie in answer.cookies.values()]
                found = [canary for canary in canaries for text in around if canary.lower() in text.lower()]
                assert not found, (path, found)
