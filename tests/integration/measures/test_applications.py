"""Two applications, one refused and then granted on appeal, one withdrawn at its hearing: each figure by hand (MSR-05)."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.access.actions import say_rank
from craffu.engines.choice import Engine, Kind
from craffu.measures.engine.running import Wanted, run
from craffu.measures.engine.values import NO_CASES, Value
from craffu.measures.snapshots.actions import build_snapshot
from craffu.orders.considering.rules import Outcome
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order
from tests.factories.considering import decide, decision, stalking_case
from tests.factories.orders import REASON, TERMS, considered
from tests.integration.orders.conftest import NOW
from tests.integration.orders.test_life import asked_for

pytestmark = [pytest.mark.rule("MSR-05", "MSR-01"), pytest.mark.django_db, pytest.mark.postgres_in_deep]
TODAY = NOW.date()


@pytest.fixture
def ask(system: Acting, acting_as: Callable[..., Acting]) -> Callable[..., Value]:
    reader = acting_as("supervisor", username="reader")

    def asked(code: str, part: str, as_of: date | None = None) -> Value:
        values = run(reader, Wanted((code,), as_of=as_of), build_snapshot(by=system), Engine(Kind.DUCKDB))
        return {(one.of, one.part): one for one in values}[None, part]

    return asked


def counts(found: Value) -> tuple[int | None, int | None]:
    return found.numerator, found.denominator


def lodged(by: Acting, order: Order) -> Order:
    given = Given(lodged_on=TODAY, court="Llanelli", court_case_no="63AA1", next_hearing_on=TODAY + timedelta(days=2))
    return move_order(by=by, order=order.reference, move="lodge", given=given)


@pytest.mark.deep
def test_what_became_of_each_application(
    system: Acting,
    acting_as: Callable[..., Acting],
    ask: Callable[..., Value],
    frozen_clock: time_travel.Traveller,
    tmp_path: Path,
) -> None:
    frozen_clock.move_to(NOW)
    officer, team = acting_as("investigator", username="officer"), acting_as("orders_team", username="team")
    chief = acting_as("authoriser", username="chief")
    say_rank(by=system, user=chief.user, rank="superintendent", reason="Promoted in May")
    first, second, third = (considered(system, tmp_path, number=number) for number in (1, 2, 3))
    for order in (first, second, third):
        asked_for(officer, order)
    no = Given(reason_code="test_not_met", reason_text=REASON)
    move_order(by=chief, order=third.reference, move="decline", given=no)
    for order in (first, second):
        move_order(by=chief, order=order.reference, move="authorise", given=Given(reason_text=REASON))
    first, second = lodged(team, first), lodged(team, second)
    assert counts(ask("MET04", "declined")) == (1, 3)
    applied = ask("MET03", "in_time")
    assert (applied.note, applied.beside) == (NO_CASES, {"reversed": 1, "not_yet_due": 2})
    interim = Beginning(kind="ISPO", respondent=first.respondent, case=first.case, main=first, is_interim=True)
    said = Given(lodged_on=TODAY, court="Llanelli", court_case_no="63AA1")
    begin_order(by=team, beginning=interim, move="lodge_interim", given=said)
    for part, number in (("requested", 1), ("granted", 0), ("requested_at_lodging", 1)):
        assert counts(ask("MET07", part)) == (number, 2), part
    assert ask("MET05", "granted").note == NO_CASES

    frozen_clock.shift(timedelta(days=2))
    refused = Given(refused_on=TODAY + timedelta(days=2), court="Llanelli", reason_text=REASON)
    move_order(by=team, order=first.reference, move="refuse", given=refused)
    left = Given(withdrawn_on=TODAY + timedelta(days=2), reason_code="evidence_lacking", reason_text=REASON)
    move_order(by=team, order=second.reference, move="withdraw", given=left)
    assert counts(ask("MET05", "granted")) == (0, 1)
    assert [counts(ask("MET06", part)) for part in ("refused", "withdrawn")] == [(1, 2), (1, 2)]
    assert ask("MET06", "withdrawn").beside == {"withdrawn_at_hearing": 1}

    frozen_clock.shift(timedelta(days=30))
    granted = Given(
        made_at=NOW + timedelta(days=32), court="Swansea", court_case_no="A1", terms=TERMS, last_day=TODAY + timedelta(days=760),
        is_without_notice=False,
    )  # fmt: skip
    move_order(by=team, order=first.reference, move="grant_on_appeal", given=granted)
    assert counts(ask("MET05", "granted")) == (1, 1), "granted on appeal is a grant"
    assert counts(ask("MET06", "refused")) == (0, 2)
    assert counts(ask("MET05", "granted", TODAY + timedelta(days=20))) == (0, 1), "then it stood refused"
    assert counts(ask("MET03", "in_time")) == (2, 2)
    full = ask("MET01", "full")
    assert (full.numerator, full.beside) == (1, {"not_ours": 0})


@pytest.mark.rule("MSR-02")
def test_a_case_is_considered_within_48_hours_or_not_and_a_young_one_is_in_neither(
    system: Acting,
    acting_as: Callable[..., Acting],
    ask: Callable[..., Value],
    frozen_clock: time_travel.Traveller,
    tmp_path: Path,
) -> None:
    frozen_clock.move_to(NOW)
    officer = acting_as("investigator", username="officer")
    case = stalking_case(system, tmp_path, home_office_class="8Q")
    frozen_clock.shift(timedelta(minutes=1))
    young = ask("MET02", "in_time")
    assert (young.note, young.beside["not_yet_due"]) == (NO_CASES, 1)
    decide(officer, case, decision("SPO", Outcome.APPLY))
    frozen_clock.shift(timedelta(days=3))
    stalking_case(system, tmp_path, 2, home_office_class="8Q")
    frozen_clock.shift(timedelta(days=3))
    found = ask("MET02", "in_time")
    assert found.numerator == 1
    assert (found.denominator, found.beside["undecided"]) == (2, 1)
