"""Which forces may be set beside each other."""

import pytest

from craffu.published.areas import police_forces
from craffu.web.profiles.peers import peer_groups, peers_of


@pytest.mark.rule("MSR-08")
def test_every_group_says_why_in_both_languages_and_no_force_is_in_two() -> None:
    groups = peer_groups()
    assert all(
        words.strip() for group in groups for words in (group.why.en, group.why.cy, group.name.en, group.name.cy)
    )
    forces = [force for group in groups for force in group.forces]
    assert len(forces) == len(set(forces))
    assert [peers_of(force) is not None for force in police_forces()].count(True) == len(forces)
