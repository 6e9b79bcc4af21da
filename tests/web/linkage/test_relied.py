"""What was begun while records were joined that are parted since is listed, and where records went is said (P36)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.restricted.actions import restrict
from craffu.cases.models import CaseRole
from craffu.common import clock
from craffu.linkage.actions import decide_pair
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.people.queries import find_person, people_of_records, records_of
from tests.factories.identities import NOBODYS, record_of, score
from tests.factories.orders import order_of, parties
from tests.factories.reviews import answers, in_force, protected, reviewed, view_of
from tests.integration.linkage.telling import told_while_joined
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


def test_a_review_made_while_records_were_joined_is_listed_once_they_are_parted(
    system: Acting,
    signed_in_client: Callable[..., Client],
    acting_as: Callable[..., Acting],
    visit: Visit,
    tmp_path: Path,
) -> None:
    team = acting_as("orders_team")
    order = in_force(system, team, tmp_path)
    hers = protected(system, order)
    pages = []
    for record in (order.respondent_id, hers):
        other = record_of(system, f"other of {record}").pk
        score(system, record, other)
        pages.append(f"/linkage/merges/{people_of_records(system, [record])[record].reference}")
        say(acting_as("link_clerk"), record, other, Word.NOT_SAME)
    clerk = signed_in_client("link_clerk")
    # Whoever reviewed it before or after relied on nothing of theirs.
    reviewed(team, order, answers(hers, view=view_of(acting_as("victim_officer"), order).pk))
    assert not any("Review 1 of order" in text_of(clerk.get(page)) for page in pages)
    for record in (order.respondent_id, hers):
        other = record_of(system, f"another of {record}").pk
        score(system, record, other)
        view = view_of(acting_as("victim_officer"), order)
        reviewed(team, order, answers(hers, view=view.pk))
        say(acting_as("link_clerk"), record, other, Word.NOT_SAME)
    for page, number in zip(pages, (2, 3), strict=True):
        response, rows = visit(clerk, page)
        shown = text_of(response)
        assert f"Review {number} of order {order.reference}" in shown
        assert f"Review {5 - number} of order {order.reference}" not in shown
        assert any(f"order/{order.reference}" in row.payload for row in rows)
        assert f"Adolygiad {number} o orchymyn {order.reference}" in text_of(clerk.get(f"/cy{page}"))


@pytest.mark.rule("VIC-05")
@pytest.mark.rule("SEC-02")
def test_what_a_victim_was_told_or_agreed_while_two_were_joined_is_listed_once_they_are_parted(
    force: Force,
    system: Acting,
    tmp_path: Path,
    signed_in_client: Callable[..., Client],
    acting_as: Callable[..., Acting],
    visit: Visit,
) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False) as at:
        hers, joined = told_while_joined(system, force, tmp_path, acting_as("victim_officer"), of=2)
        clerk, page = signed_in_client("link_clerk"), f"/linkage/merges/{joined}"
        assert "Begun while they were joined" not in text_of(clerk.get(page))
        at.shift(timedelta(minutes=3))
        say(acting_as("link_clerk"), *hers, Word.NOT_SAME)
        other = people_of_records(system, hers)[hers[1]].reference
        response, rows = visit(clerk, page)
        shown = text_of(response)
        for begun in ("Agreement with", "Contact with", "News told to"):
            assert f"{begun} victim {other}" in shown
        assert any(f"victim/{other}" in row.payload for row in rows)
        assert f"Cytundeb â dioddefwr {other}" in text_of(clerk.get(f"/cy{page}"))
        case = CaseRole.objects.for_system("a test").get(record=hers[1]).case
        restrict(by=acting_as("supervisor"), kind="case", reference=case.reference, reason="a test")
        assert f"victim {other}" not in text_of(clerk.get(page))


def say(by: Acting, left: int, right: int, word: Word) -> None:
    given = NewWord(word, "Two brothers")
    decide_pair(by=by, left=left, right=right, given=given, needs_another=False, roles_of=NOBODYS)


def is_gone(by: Acting, reference: str) -> bool:
    found = find_person(by, reference)
    return found is not None and not records_of(by, found)
