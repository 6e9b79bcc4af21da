"""How far a share may vary by chance for its size, and which forces may be set beside each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.published.areas import police_forces
from craffu.web.profiles.funnel import LEVELS, curve, limits
from craffu.web.profiles.peers import peer_groups, peers_of


@pytest.mark.rule("MSR-08")
@pytest.mark.parametrize(
    ("share", "size", "level", "low", "high"),
    [(0.5, 100, 0.95, 0.402, 0.598), (0.06, 1190, 0.95, 0.0465, 0.0735), (0.06, 1190, 0.998, 0.0387, 0.0813)],
)
def test_limits_are_those_of_chance(share: float, size: float, level: float, low: float, high: float) -> None:
    assert limits(share, size, level) == pytest.approx((low, high), abs=1e-4)


@given(st.floats(0, 1), st.floats(1, 1e6))
def test_limits_hold_the_share_and_stay_inside_nought_and_one(share: float, size: float) -> None:
    inner, outer = (limits(share, size, level) for level in LEVELS)
    assert 0 <= outer[0] <= inner[0] <= share <= inner[1] <= outer[1] <= 1


@pytest.mark.parametrize(("share", "size"), [(-0.1, 5), (1.1, 5), (0.5, 0), (0.5, -1)])
def test_limits_of_nonsense_are_refused(share: float, size: float) -> None:
    with pytest.raises(ValueError):
        limits(share, size, 0.95)


def test_a_funnel_narrows_as_areas_grow() -> None:
    widths = [high - low for _size, low, high in curve(0.06, 3000, 0.95)]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.rule("MSR-08")
def test_every_group_says_why_in_both_languages_and_no_force_is_in_two() -> None:
    groups = peer_groups()
    assert all(
        words.strip() for group in groups for words in (group.why.en, group.why.cy, group.name.en, group.name.cy)
    )
    forces = [force for group in groups for force in group.forces]
    assert len(forces) == len(set(forces))
    assert [peers_of(force) is not None for force in police_forces()].count(True) == len(forces)
