"""Which words of other systems are offered as possible breaches; and which codes say that it was one (BRC-02, BRC-06)."""

import pytest

from craffu.breaches.detecting.codes import kinds_by_code, kinds_said
from craffu.breaches.telling.rules import contact_tells, probation_tells
from craffu.orders.catalogue.reading import kinds

SAID = (
    "he contacted her", "contact again", "keeps contacting", "got in touch", "sent a message", "messaged twice",
    "messages", "messaging", "a text", "texted", "texts", "texting", "called at nine", "calling", "calls", "rang her",
    "phoned", "phones", "phoning", "emailed", "an email", "emails", "wrote to her", "a letter", "turned up",
    "came to the door", "came round", "came near", "stood outside", "followed", "follows", "following", "watched",
    "watches", "watching", "has seen him", "seen them", "seen her", "approached", "breach", "breached", "breaches",
    "wedi cysylltu", "cysylltodd", "neges", "negeseuon", "tecstio", "tecstiodd", "ffonio", "ffoni", "ffoniodd", "ebost",
    "ebostio", "ysgrifennu", "ysgrifennodd", "dilyn", "dilynodd", "gwylio", "tu allan", "daeth at", "daeth i",
    "wedi torri",
)  # fmt: skip
NOT_SAID = (
    "she feels well", "asked about court dates", "wants a new lock", "textile", "recall", "followers of fashion",
    "mae hi'n iawn",
)  # fmt: skip


@pytest.mark.rule("BRC-06")
@pytest.mark.parametrize("words", SAID)
def test_what_she_says_of_being_reached_or_come_near_to_is_offered(words: str) -> None:
    assert contact_tells("from_victim", "safety", words)
    assert contact_tells("from_victim", "order", words.upper())
    assert not contact_tells("to_victim", "safety", words)
    assert not contact_tells("from_victim", "court", words)


@pytest.mark.rule("BRC-06")
@pytest.mark.parametrize("words", NOT_SAID)
def test_what_says_nothing_of_it_is_not(words: str) -> None:
    assert not contact_tells("from_victim", "safety", words)


@pytest.mark.rule("BRC-06")
def test_probation_tells_by_its_codes() -> None:
    assert [one for one in ("order_breach_reported", "breach", "recall", "started", "") if probation_tells(one)] == [
        "order_breach_reported",
        "breach",
        "recall",
    ]


@pytest.mark.rule("BRC-02")
def test_a_code_says_of_which_kinds_an_order_was_broken() -> None:
    assert "SPO" in kinds_said("ST19001")
    assert kinds_said("ST19001", "008/74") == kinds_said("ST19001")
    assert kinds_said("TH68010") == frozenset()
    assert kinds_said("") == frozenset()


@pytest.mark.rule("BRC-02")
def test_the_class_says_it_where_no_code_does_and_every_code_is_one_of_the_catalogue() -> None:
    every = kinds_by_code()
    assert every
    for code, said in every.items():
        assert said <= set(kinds())
        assert kinds_said("not a code", code) == said == kinds_said(code)
        for one in said:
            codes = kinds()[one].codes
            assert code in {*codes.breach, *codes.home_office}
            assert codes.meanings[code].startswith(("breach", "individual fails to comply", "failure to comply"))
