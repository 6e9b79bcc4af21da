"""`craffu tick` on an installation of its own: what it says, that a second one changes nothing, and what it refuses (T29)."""

from datetime import datetime, timedelta

import pytest

from craffu.clocks.london import day_of, instant_of, utc_text
from craffu.common import clock
from tests.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.rule("MON-04"), pytest.mark.postgres_in_deep]


@pytest.mark.deep
def test_T29_a_second_tick_at_the_same_instant_changes_nothing(demo_installation: Installation) -> None:
    # The demo's own clock has run until now: a later one has something to ask.
    at = f"{day_of(clock.now()) + timedelta(days=40)}T09:00"
    first = demo_installation.json("tick", "--at", at)
    assert set(first) == {"tick", "raised", "escalated", "expired", "unchanged"}
    assert first["tick"] == utc_text(instant_of(datetime.fromisoformat(at)))
    before = demo_installation.digest()
    again = demo_installation.json("tick", "--at", at)
    assert again == {"tick": first["tick"], "raised": 0, "escalated": 0, "expired": 0, "unchanged": 0}
    everything = demo_installation.json("tick", "--at", at, "--everything")
    assert {**again, "unchanged": everything["unchanged"]} == everything
    assert everything["unchanged"] > 0
    assert demo_installation.digest() == before
    assert demo_installation.json("audit", "verify")["ok"]


def test_what_is_no_instant_is_refused_in_one_line(installation: Installation) -> None:
    for words, said in (("yesterday", "is no instant"), ("2026-03-29T01:30", "does not exist")):
        refused = installation.run("tick", "--at", words, expect=2)
        assert said in refused.stderr
        assert refused.stderr.count("\n") == 1
    assert "0 raised" in installation.run("tick").stdout
