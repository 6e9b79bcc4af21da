"""Records leave only with a fresh factor, a purpose and a recipient, and every one of them is in the log (SEC-07, T17)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from craffu.access.acting import Acting
from craffu.access.exports.actions import disclose
from craffu.access.exports.rules import Asked
from craffu.access.policies import FactorNotFresh
from craffu.audit.models import Event
from craffu.audit.questions import acts
from craffu.audit.rules import Verb
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.people.events import PEOPLE_EXPORTED

pytestmark = pytest.mark.rule("SEC-07")

ASKED = Asked("court", "Hearing on Monday", "Listing office", "Swansea court")


def leave(by: Acting, number: int, asked: Asked = ASKED, now: datetime | None = None) -> int:
    return disclose(
        by=by,
        kind=PEOPLE_EXPORTED,
        asked=asked,
        purposes=["court"],
        refs=[f"person/P-{one}" for one in range(number)],
        fields=["people.RecordVersion.family_name"],
        counts={"rows": number},
        now=now,
    )


def test_T17_nothing_leaves_without_a_fresh_factor_a_purpose_or_a_recipient(acting_as: Callable[..., Acting]) -> None:
    by = acting_as("supervisor")
    with pytest.raises(FactorNotFresh):
        leave(by, 1)
    fresh = replace(by, factor_at=clock.now())
    with pytest.raises(Refusal, match="who will receive it"):
        leave(fresh, 1, replace(ASKED, recipient=" "))
    assert not Event.objects.filter(verb=Verb.DISCLOSURE).exists()


@pytest.mark.rule("SEC-04")
def test_every_record_of_a_long_list_is_in_the_log_in_rows_that_belong_together(
    acting_as: Callable[..., Acting],
) -> None:
    by = replace(acting_as("supervisor"), factor_at=clock.now(), request="r1")
    assert leave(by, 1201) == 3
    rows = acts(Event.objects.filter(kind="people_exported").order_by("id"))
    assert [one.counts for one in rows] == [{"rows": 1201, "part": part, "parts": 3} for part in (1, 2, 3)]
    assert {(one.recipient, one.purpose, one.reason, one.verb) for one in rows} == {
        ("Listing office, Swansea court", "court", "Hearing on Monday", "disclosure")
    }
    assert len({ref for one in rows for ref in one.refs}) == sum(len(one.refs) for one in rows) == 1201
    assert leave(by, 0) == 1


def test_what_leaves_is_logged_at_the_instant_it_was_read(acting_as: Callable[..., Acting]) -> None:
    read_at = clock.now() - timedelta(seconds=90)
    leave(replace(acting_as("supervisor"), factor_at=read_at), 1, now=read_at)
    (row,) = acts(Event.objects.filter(kind="people_exported"))
    assert datetime.fromisoformat(row.at) == read_at
