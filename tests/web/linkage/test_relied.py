"""What was begun while records were joined that are parted since is listed, and where records went is said (P36)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.linkage.actions import decide_pair
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.people.queries import find_person, people_of_records, records_of
from tests.factories.identities import NOBODYS, record_of, score
from tests.factories.orders import order_of, parties
from tests.web.conftest import Visit, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("IDN-03")]


def test_an_order_made_while_two_men_were_joined_is_listed_once_they_are_parted(
    system: Acting,
    signed_in_client: Callable[..., Client],
    acting_as: Callable[..., Acting],
    visit: Visit,
    tmp_path: Path,
) -> None:
    case, suspect, _victim = parties(system, tmp_path)
    other = record_of(system, "other")
    score(system, suspect.pk, other.pk)
    before = people_of_records(system, [suspect.pk])[suspect.pk].reference
    clerk = signed_in_client("link_clerk")
    team = acting_as("orders_team")
    order = order_of(team, case.reference, clock.now(), "RO_CONV")
    page = f"/linkage/merges/{before}"
    assert "Begun while they were joined" not in text_of(clerk.get(page))
    gone = next(one for one in ("P-10001", "P-10002", "P-10003") if one != before and is_gone(system, one))
    now = text_of(signed_in_client("investigator").get(f"/people/{gone}"))
    assert f"What was recorded of them is held to be this person’s: {before}" in now
    decide_pair(
        by=acting_as("link_clerk"), left=suspect.pk, right=other.pk, given=NewWord(Word.NOT_SAME, "Two brothers"),
        needs_another=False, roles_of=NOBODYS,
    )  # fmt: skip
    response, rows = visit(clerk, page)
    shown = text_of(response)
    assert "Begun while they were joined" in shown
    assert f"Order {order.reference} Police records:" in shown
    # The case was known before they were joined.
    assert f"Case {case.reference}" not in shown
    assert any(f"order/{order.reference}" in row.payload for row in rows)
    assert "Dechreuwyd tra oeddent wedi’u cyfuno" in text_of(clerk.get(f"/cy{page}"))


def is_gone(by: Acting, reference: str) -> bool:
    found = find_person(by, reference)
    return found is not None and not records_of(by, found)
