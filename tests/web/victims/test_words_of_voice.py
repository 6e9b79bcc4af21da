"""What a victim needs, says and was given has words in both languages, and every way of saying it a name."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.utils import translation

from craffu.victims.safeguarding.kinds import Answer, Felt, Help, Measure, Need, Step
from craffu.victims.voice.rules import Reader
from craffu.victims.voice.subjects import MaySee, Route, Subject
from craffu.victims.voice.wording import READERS
from craffu.web.statuses import Status
from craffu.web.victims import safety_words, voice_words


@pytest.mark.rule("BIL-01")
@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (safety_words.NEEDS, Need),
        (safety_words.ANSWERS, Answer),
        (safety_words.MEASURES, Measure),
        (safety_words.FELT, Felt),
        (safety_words.HELP, Help),
        (safety_words.STEPS, Step),
        (voice_words.SUBJECTS, Subject),
        (voice_words.ROUTES, Route),
        (voice_words.MAY_SEE, MaySee),
        (READERS, Reader),
    ],
)
def test_none_is_without_words_in_either_language(table: Mapping[str, Any], wanted: Any) -> None:
    assert list(table) == list(wanted)
    said = [one.words if isinstance(one, Status) else one for one in table.values()]
    with translation.override("en"):
        english = [str(one) for one in said]
    with translation.override("cy"):
        welsh = [str(one) for one in said]
    assert all(english)
    assert all(one != other for one, other in zip(english, welsh, strict=True))
