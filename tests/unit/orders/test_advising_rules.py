"""Whether a general note holds anything of anybody, shape by shape and in both languages (RES-04)."""

import pytest

from craffu.common.refusals import NotNow
from craffu.orders.advising.kinds import Holds
from craffu.orders.advising.policies import check_holds_nobody, check_note_is_whole
from craffu.orders.advising.rules import holds, words_asked

pytestmark = pytest.mark.rule("RES-04")

NAMES = ["Siân Davies-Jones", "Ieuan O'Brien", "Al Xu"]
PROTECTED = [("phone", "06700 900123"), ("address", "7 Heol Newydd, Llanelli, QA15 1AA"), ("safe_word", "buttercup")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Letters that follow one another are a course of conduct.", []),
        ("Ask for Sian first.", [Holds.NAME]),
        ("As in Davies’s case.", [Holds.NAME]),
        ("As JONES did.", [Holds.NAME]),
        ("Davies-Jones wrote.", [Holds.NAME]),
        ("OBrien and O’Brien are one.", [Holds.NAME]),
        # A word in small letters is no name, and two letters are too few.
        ("He will sian.", []),
        ("Al said so.", []),
        ("Born 3/5/1990.", [Holds.DATE]),
        ("Born 03.05.90.", [Holds.DATE]),
        ("Born 1990-05-03.", [Holds.DATE]),
        ("Born 3 May 1990.", [Holds.DATE]),
        ("Born 3rd of May, 1990.", [Holds.DATE]),
        ("Born May 3, 1990.", [Holds.DATE]),
        ("Ganwyd 3 Mai 1990.", [Holds.DATE]),
        ("Ganwyd 1af o Fawrth, 1990.", [Holds.DATE]),
        ("Ganwyd 2il o Ionawr 1990.", [Holds.DATE]),
        ("Ganwyd 11eg o Ragfyr 1990.", [Holds.DATE]),
        ("O 1af o Fawrth ymlaen, 24/7, bob mis.", []),
        ("Ganwyd 1 Ionawr 1990.", [Holds.DATE]),
        ("Since 2020, within 28 days, section 2A.", []),
        ("In QA15 1AA.", [Holds.CONTACT]),
        ("In qa151aa.", [Holds.CONTACT]),
        ("Write to a@example.com.", [Holds.CONTACT]),
        ("Ring 06700 900 123.", [Holds.CONTACT]),
        ("At 7, heol newydd.", [Holds.CONTACT]),
        ("The word is Buttercup.", [Holds.CONTACT]),
        ("As in C-10001.", [Holds.REFERENCE]),
        ("As in O-12.", [Holds.REFERENCE]),
        ("PNC 95/123456K.", [Holds.REFERENCE]),
        ("Crime DP2026001.", [Holds.REFERENCE]),
        ("Court 63AA1234.", [Holds.REFERENCE]),
        ("Section 2A and 4A, the SPO, Form 1.", []),
        (
            "Sian, born 3/5/1990, of QA15 1AA in C-10001.",
            [Holds.NAME, Holds.DATE, Holds.CONTACT, Holds.REFERENCE],
        ),
    ],
)
def test_what_stands_in_a_note(text: str, found: list[Holds]) -> None:
    assert holds(text, NAMES, PROTECTED) == found


def test_nothing_is_known_of_anybody() -> None:
    assert holds("Ask for Sian first.", [], []) == []


def test_the_words_of_a_search_are_folded_and_each_once() -> None:
    assert words_asked("  Llythyrau’r Tŷ, tŷ ") == ["llythyraur", "ty"]
    assert words_asked("") == []


def test_a_note_is_whole_or_none() -> None:
    check_note_is_whole(has_topic=True, has_words=True)
    check_note_is_whole(has_topic=False, has_words=False)
    for given in ({"has_topic": True, "has_words": False}, {"has_topic": False, "has_words": True}):
        with pytest.raises(NotNow, match="or write none"):
            check_note_is_whole(**given)


def test_a_refusal_names_the_sort_and_never_the_thing() -> None:
    check_holds_nobody([])
    with pytest.raises(NotNow) as refused:
        check_holds_nobody([Holds.NAME, Holds.REFERENCE])
    assert "a name of somebody in the case or under the order, a reference or number of a record" in str(
        refused.value.message
    )
