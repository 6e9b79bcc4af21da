"""A refusal in the reader's language, and nothing of the sender's translated by chance (INT-03)."""

import re

import pytest
from django.utils import translation

from craffu.intake.kinds import FOUND_NAMES
from craffu.intake.refused import REFUSALS, Unfit
from craffu.intake.wording import refusal_words, translated

pytestmark = pytest.mark.rule("INT-03")


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_has_welsh_that_takes_the_same_values(code: str) -> None:
    values = {name: f"<{name}>" for name in re.findall(r"%\((\w+)\)s", REFUSALS[code])}
    english = refusal_words(code, values)
    assert english == REFUSALS[code] % values
    with translation.override("cy"):
        welsh = refusal_words(code, values)
    assert welsh != english
    assert all(value in welsh for value in values.values())


def test_what_a_file_was_found_to_be_is_translated_and_the_senders_own_words_never_are() -> None:
    with translation.override("cy"):
        assert "llun" in refusal_words("wrong_kind", {"found": "a picture", "wanted": "XML"})
        # A word of the sender's that happens to be one of ours.
        assert "Received" in refusal_words("wrong_root", {"found": "Received", "wanted": "XML"})
        assert translation.gettext("Received") != "Received"


@pytest.mark.parametrize("name", sorted(FOUND_NAMES))
def test_whatever_a_file_may_be_found_to_be_has_a_welsh_name(name: str) -> None:
    with translation.override("cy"):
        assert translation.gettext(name) != name


@pytest.mark.parametrize(("code", "values"), [("wrong_kind", {}), ("no_such_code", {"found": "a PDF"}), ("", {})])
def test_code_and_values_that_give_no_whole_sentence_give_none(code: str, values: dict[str, str]) -> None:
    assert refusal_words(code, values) == ""


def test_the_values_of_a_refusal_are_enough_to_say_it_again() -> None:
    refused = Unfit("cut_short", line=7).refused("a.xml")
    assert refusal_words(refused.code, dict(refused.values)) == refused.message


def test_a_sentence_without_advice_stays_without() -> None:
    assert translated(("some_code", "")) == ("some_code", "")
