"""What is published of decisions tells of nobody: few are words, many are rounded (PRI-07, MSR-03)."""

import pytest

from craffu.config.commands.score_record import _challenge_words, _rate_words
from craffu.prevention.deciding.figures import Figures

pytestmark = [pytest.mark.rule("PRI-07"), pytest.mark.rule("MSR-03")]


def said(**given: int) -> Figures:
    return Figures(**{"decisions": 0, "others": 0, "agreed": 0, "challenges": 0, "answered": 0, "upheld": 0, **given})


def test_a_rate_with_nothing_to_divide_is_no_cases_and_few_are_words() -> None:
    assert _rate_words(said()) == "No cases: nobody has decided yet."
    for decisions, agreed in ((9, 0), (100, 9), (100, 91), (19, 10)):
        assert "Too few to say" in _rate_words(said(decisions=decisions, agreed=agreed))
    assert _rate_words(said(decisions=101, agreed=12)) == "About 10% of about 100 decisions."


def test_how_challenges_ended_is_said_where_many_ended_either_way() -> None:
    assert "Too few were answered" in _challenge_words(said(challenges=30, answered=19, upheld=10))
    words = _challenge_words(said(challenges=60, answered=52, upheld=13))
    assert words.endswith("Of about 50 that were answered about 15 set something aside.")
