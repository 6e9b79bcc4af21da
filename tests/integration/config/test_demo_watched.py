"""The order of the demo that is watched shows checks done, late, tried, missed and due, and a review that heard the victim."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.config.demo.orders import TERMS
from craffu.config.demo.watched import watch_an_order
from craffu.orders.models import Order
from craffu.orders.monitoring.queries import monitored
from craffu.orders.reviewing.queries import reviews_of
from tests.factories.orders import parties

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.rule("MON-01", "REV-02")
def test_the_watched_order_shows_every_state_of_a_check_and_a_review_with_a_view(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, frozen_clock: time_travel.Traveller
) -> None:
    frozen_clock.move_to(NOW)
    case, suspect, victim = parties(system, tmp_path)
    team = acting_as("orders_team", username="team")
    made = watch_an_order(
        investigator=acting_as("investigator", username="in"), team=team,
        officer=acting_as("response_officer", username="ro"), case=case, respondent=suspect, protected=victim, terms=TERMS,
        now=NOW,
    )  # fmt: skip
    order = Order.objects.for_user(team).get(pk=made.pk)
    found = monitored(team, order, NOW)
    assert [one.outcome for one in found.made].count("attempted") == 1
    contact, place = found.standing
    assert [one.is_in_time for one in contact.checks if one.done_at] == [True, True, False, True, True, True]
    assert contact.next is not None
    assert place.next is not None
    assert (contact.next.due_on - NOW.date(), place.next.due_on - NOW.date()) == (timedelta(days=3), timedelta(days=-8))
    [review] = reviews_of(team, order)
    assert review.completed_at == NOW - timedelta(days=18)
    assert [voice.kind for voice in review.voices] == ["given"]
