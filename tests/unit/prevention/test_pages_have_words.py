"""Each key that a page of priorities may show has words, in both languages by the catalogue."""

from collections.abc import Iterable, Mapping

import pytest

from craffu.prevention.deciding.rules import Whose
from craffu.prevention.population.rules import WhyOut
from craffu.prevention.scoring.facts import Evidence
from craffu.prevention.scoring.rules import CHOSEN, Flag, Floor, Tier
from craffu.prevention.scoring.schemes import PARTS
from craffu.prevention.scoring.weights import own
from craffu.web.priority import words


@pytest.mark.rule("PRI-04")
@pytest.mark.parametrize(("said", "keys"), [
    (words.TIERS, Tier), (words.FLOORS, Floor), (words.FLAGS, set(Flag) - {Flag.ONLY_A_VICTIM, Flag.OUTSIDE}),
    (words.PARTS, PARTS), (words.EVIDENCE, Evidence), (words.OUT, WhyOut), (words.WHOSE, Whose),
    (words.OFFENCES, [*own().by_key, ""]),
])  # fmt: skip
def test_every_key_has_words(said: Mapping[str, object], keys: Iterable[str]) -> None:
    assert set(said) == {str(one) for one in keys}


@pytest.mark.rule("PRI-04")
def test_a_tier_is_always_said_to_be_a_priority() -> None:
    assert all("priority" in str(words.TIERS[one].words) for one in CHOSEN)
