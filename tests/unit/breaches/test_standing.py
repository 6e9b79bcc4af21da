"""Which incidents are on record, disproved or proved, for a history and for a measure alike (BRC-07, PRI-02, MSR-06)."""

import pytest

from craffu.breaches.history.rules import Standing

pytestmark = [pytest.mark.rule("BRC-07"), pytest.mark.rule("MSR-06")]


@pytest.mark.parametrize(
    ("status", "is_said", "police", "court", "recorded", "disproved", "proved"),
    [
        ("possible", False, "", "", False, False, False),
        ("possible", True, "", "", True, False, False),
        ("accepted", False, "breach", "", True, False, False),
        ("rejected", False, "", "", True, True, False),
        ("accepted", True, "no_breach", "", True, True, False),
        ("rejected", True, "no_breach", "proved", True, False, True),
        ("accepted", True, "breach", "not_proved", True, False, False),
        ("finalised", True, "undetected", "", True, False, False),
        # Opened again: nobody holds it for none, and what a court found stays.
        ("possible", True, "no_breach", "", True, False, False),
        ("possible", False, "breach", "proved", True, False, True),
    ],
)
def test_how_an_incident_stands(
    status: str, is_said: bool, police: str, court: str, recorded: bool, disproved: bool, proved: bool
) -> None:
    one = Standing(status, is_said, police, "", court)
    assert (one.is_recorded, one.is_disproved, one.is_proved) == (recorded, disproved, proved)
