"""Which letters there are, to whom one may go, in which language, and what stands in none."""

from collections.abc import Callable
from typing import Any

import pytest

from craffu.common.refusals import Refusal
from craffu.orders.catalogue.reading import kind_of, kinds
from craffu.orders.letters import policies
from craffu.orders.letters.kinds import About
from craffu.orders.letters.rules import (
    TELLS,
    Breaks,
    breaks,
    happening_of,
    is_withheld,
    letters_to_protected,
    letters_to_respondent,
    names_somebody,
    without_names,
)
from craffu.orders.life.states import OrderStatus
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import Topic
from craffu.victims.letters import policies as of_letters
from craffu.victims.letters.rules import (
    Reach,
    WhyNot,
    languages_of,
    says_what_must_not_be,
    why_no_letter,
)

TERMS, CHANGED, ENDED, REVIEW = About
S = OrderStatus
SAFE = Reach(channels=("telephone", "letter"))


@pytest.mark.rule("VIC-06")
@pytest.mark.rule("REV-04")
@pytest.mark.parametrize(
    ("status", "was_changed", "was_reviewed", "protected", "respondent"),
    [
        (S.CONSIDERING, False, False, [], []),
        (S.APPLIED, False, False, [], []),
        (S.WITHDRAWN, False, False, [], []),
        (S.GRANTED, False, False, [TERMS], [TERMS]),
        (S.IN_FORCE, False, True, [TERMS, REVIEW], [TERMS]),
        (S.IN_FORCE, True, True, [TERMS, CHANGED, REVIEW], [TERMS, CHANGED]),
        (S.REFUSED, False, False, [ENDED], []),
        (S.EXPIRED, True, False, [ENDED], [ENDED]),
        (S.DISCHARGED, False, True, [ENDED, REVIEW], [ENDED]),
        (S.QUASHED, False, False, [ENDED], [ENDED]),
    ],
)
def test_what_somebody_can_be_written_of_follows_from_how_the_order_stands(
    status: str, was_changed: bool, was_reviewed: bool, protected: list[About], respondent: list[About]
) -> None:
    assert letters_to_protected(status, was_changed=was_changed, was_reviewed=was_reviewed) == protected
    assert letters_to_respondent(status, was_changed=was_changed) == respondent


@pytest.mark.rule("VIC-01")
@pytest.mark.rule("VIC-02")
@pytest.mark.parametrize(
    ("reach", "news", "why"),
    [
        (SAFE, Happening.ORDER_SERVED, None),
        (SAFE, None, None),
        (Reach(channels=("letter",), is_looked_after=False), None, WhyNot.NOT_LOOKED_AFTER),
        (Reach(channels=("letter",), is_shut=True), None, WhyNot.SHUT),
        (Reach(channels=("letter",), is_declined=True), None, WhyNot.DECLINED),
        (Reach(channels=("letter",), is_agreed=False), None, WhyNot.NOT_AGREED),
        (Reach(channels=()), Happening.ORDER_SERVED, WhyNot.NOT_SAFE),
        (Reach(channels=("telephone", "visit")), Happening.ORDER_SERVED, WhyNot.NOT_SAFE),
        (Reach(channels=("letter",), not_wanted=frozenset({Topic.ORDERS})), Happening.ORDER_GRANTED, WhyNot.NOT_WANTED),
        (Reach(channels=("letter",), not_wanted=frozenset({Topic.HEARINGS})), Happening.ORDER_GRANTED, None),
        # VIC-05: what their safety hangs on is told whatever they wished; REV-04: so is what was decided after they were asked.
        (Reach(channels=("letter",), not_wanted=frozenset({Topic.ORDERS})), Happening.ORDER_SERVED, None),
        (Reach(channels=("letter",), not_wanted=frozenset({Topic.ORDERS})), None, None),
    ],
)
def test_without_an_agreement_that_calls_a_letter_safe_there_is_none(
    reach: Reach, news: Happening | None, why: WhyNot | None
) -> None:
    assert why_no_letter(reach, news) == why


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize(
    ("about", "said", "news"),
    [
        (TERMS, {"is_bound": True}, Happening.ORDER_SERVED),
        (TERMS, {}, Happening.ORDER_GRANTED),
        (CHANGED, {"relaxes": True}, Happening.ORDER_RELAXED),
        (CHANGED, {}, Happening.ORDER_VARIED),
        (ENDED, {"was_refused": True}, Happening.ORDER_REFUSED),
        (ENDED, {}, Happening.ORDER_ENDED),
        (REVIEW, {}, None),
    ],
)
def test_which_news_a_letter_is(about: About, said: dict[str, bool], news: Happening | None) -> None:
    given = {"is_bound": False, "relaxes": False, "was_refused": False} | said
    assert happening_of(about, **given) == news
    assert news is None or news in TELLS[about]


@pytest.mark.rule("BIL-02")
@pytest.mark.parametrize(
    ("chosen", "languages"),
    [("en", ["en"]), ("cy", ["cy"]), ("both", ["cy", "en"]), ("other", ["cy", "en"]), ("", ["cy", "en"])],
)
def test_a_letter_is_in_the_language_chosen_or_in_both_with_welsh_first(chosen: str, languages: list[str]) -> None:
    assert list(languages_of(chosen)) == languages


@pytest.mark.rule("CLK-14")
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("SPO", Breaks.OFFENCE_WITHOUT_EXCUSE),
        ("SPO_CONV", Breaks.ACTED_ON),
        ("DVPO", Breaks.COURT),
        ("BAIL", Breaks.ACTED_ON),
        ("LICENCE", Breaks.ACTED_ON),
    ],
)
def test_a_letter_says_what_a_breach_is_only_where_that_is_confirmed_law(kind: str, said: Breaks) -> None:
    assert breaks(kind_of(kind)) == said


@pytest.mark.rule("CLK-14")
def test_no_kind_whose_law_is_not_confirmed_is_told_as_law() -> None:
    unsure = [
        one for one in kinds().values() if one.mark == "unverified" or "UNVERIFIED" in (one.effect.breach_statute or "")
    ]
    assert unsure
    assert {breaks(one) for one in unsure} == {Breaks.ACTED_ON}
    assert {breaks(one) for one in kinds().values()} >= {Breaks.OFFENCE_WITHOUT_EXCUSE, Breaks.COURT, Breaks.ACTED_ON}


@pytest.mark.rule("VIC-02")
@pytest.mark.parametrize(
    ("text", "never_say", "is_said"),
    [
        ("A court made an order.", "the court", False),
        ("Then the  Court\nmade it.", "the court", True),
        ("A letter about the dentist.", "police; the dentist", True),
        ("A letter about nothing.", "police\nthe dentist.", False),
        ("He is at it again.", "he", False),
        ("Anything.", "", False),
        ("The police write.", " . ; police", True),
    ],
)
def test_a_phrase_that_must_never_be_left_is_found_whatever_its_capitals_and_spaces(
    text: str, never_say: str, is_said: bool
) -> None:
    assert says_what_must_not_be(text, never_say) == is_said


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize(
    ("text", "names", "said"),
    [
        ("Not to go near Ann Price.", ["Ann Price"], "Not to go near [x]."),
        ("Not to ring ANN  price or Anna Price", ["Ann Price"], "Not to ring [x] or Anna Price"),
        ("Ann Price Jones and Ann Price", ["Ann Price", "Ann Price Jones"], "[x] and [x]"),
        ("Not to go near her.", [" ", "Ann Price"], "Not to go near her."),
        ("Ann Price", [], "Ann Price"),
    ],
)
def test_nobody_else_whom_the_order_protects_is_named(text: str, names: list[str], said: str) -> None:
    assert without_names(text, names, "[x]") == said
    assert names_somebody(text, names) == (said != text)
    assert not names_somebody(said, names)


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Not to go to 9 Heol Fach, Llandeilo.", True),
        ("Not to ring 01558 820 111.", True),
        ("Not to go to Llandeilo.", False),
        ("Not to contact them.", False),
    ],
)
def test_a_condition_that_tells_where_somebody_is_is_not_printed(words: str, kept: bool) -> None:
    details = [("address", "9 Heol Fach, Llandeilo, SA19 6AA"), ("phone", "01558 820111")]
    assert is_withheld(words, details) == kept


def why(check: Callable[..., object], **given: Any) -> str:
    try:
        check(**given)
    except Refusal as refusal:
        return refusal.code
    return ""


@pytest.mark.rule("VIC-02")
@pytest.mark.parametrize(
    ("check", "good", "bad", "code"),
    [
        (
            policies.check_is_offered,
            {"about": TERMS, "offered": [TERMS]},
            {"about": CHANGED, "offered": [TERMS]},
            "no_such_letter",
        ),
        (policies.check_words_are_the_orders, {"differ": False}, {"differ": True}, "letter_words_differ"),
        (of_letters.check_was_read, {"was_read": True}, {"was_read": False}, "letter_not_read"),
        (of_letters.check_never_said, {"is_said": False}, {"is_said": True}, "letter_never_say"),
        (policies.check_names_nobody_else, {"names": False}, {"names": True}, "letter_names_another"),
        (
            policies.check_holds_nothing_of_respondent,
            {"found": {}},
            {"found": {"address": 1, "new": 1}},
            "letter_holds_respondent",
        ),
        (of_letters.check_same_agreement, {"seen": 1, "standing": 1}, {"seen": 1, "standing": 2}, "agreement_changed"),
        (policies.check_is_translated, {"words": "R", "translator": "M"}, {"words": " ", "translator": "M"}, "no_words"),
        (policies.check_is_translated, {"words": "R", "translator": "M"}, {"words": "R", "translator": " "}, "no_translator"),
        (policies.check_is_told, {"is_complete": True}, {"is_complete": False}, "review_not_complete"),
        (policies.check_same_review, {"seen": None, "standing": None}, {"seen": 1, "standing": None}, "review_since"),
    ],
)  # fmt: skip
def test_each_check_lets_through_and_refuses(check: Any, good: Any, bad: Any, code: str) -> None:
    assert (why(check, **good), why(check, **bad)) == ("", code)


@pytest.mark.rule("VIC-02")
def test_every_reason_against_a_letter_has_words_of_its_own() -> None:
    codes = [why(of_letters.check_letter_is_safe, why=one) for one in (None, *WhyNot)]
    assert codes == ["", *(f"letter_{one.value}" for one in WhyNot)]
    assert len({str(one) for one in of_letters.WHY_NOT.values()}) == len(WhyNot)
