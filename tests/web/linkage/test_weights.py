"""Why two records are or are not one person, on the page of the pair: in a table, in a picture, and in words for all (P35)."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.linkage.actions import decide_pair, keep_scores
from craffu.linkage.facts import NewWord, Scored
from craffu.linkage.forming import Word
from craffu.linkage.model.comparisons import (
    CHOICE,
    FEW_TWINS,
    HELD_DOWN,
    NOT_SAID,
    NOTHING_ALIKE,
    PRIOR,
    comparisons_for,
)
from craffu.linkage.queries import model_in_use
from craffu.web.linkage import words
from tests.factories.identities import NOBODYS, WHY, records, score, trained
from tests.web.conftest import text_of

PAIR = "/linkage/pairs/L-10001"
MODEL = comparisons_for(
    {
        "given", "given_known", "given_more", "family", "family_known", "born_year", "sex", "home", "identifier", "phone",
        "email", "other_0",
    }, 1,
)  # fmt: skip
UNTOLD = {"home", "address", "phone", "email"}


def test_every_comparison_and_level_of_the_model_has_its_words() -> None:
    assert len(MODEL) == 10
    names = {one.name for one in MODEL if not one.name.startswith("other_")}
    assert names <= set(words.COMPARISONS)
    assert str(words.compared("other_0")) == "Something else that both say"
    for one in MODEL:
        said = [str(words.level_words(one.name, level.name)) for level in one.levels]
        apart = str(words.level_words(one.name, NOTHING_ALIKE))
        assert apart == ("Not the same" if one.name in UNTOLD else "Not alike")
        assert str(words.level_words(one.name, NOT_SAID)) == "Not said by both"
        if one.name not in UNTOLD:
            assert apart not in said
            assert len(set(said)) == len(said)
    assert set(words.LEVELS) == names | UNTOLD
    for what in names - UNTOLD:
        known = next(one for one in MODEL if one.name == what)
        assert set(words.LEVELS[what]) == {level.name for level in known.levels}
    beside = [(PRIOR, PRIOR), (HELD_DOWN, HELD_DOWN), (FEW_TWINS, FEW_TWINS), (CHOICE, "3")]
    assert len({str(words.compared(what)) for what, _level in beside}) == 4
    assert len({str(words.level_words(what, level)) for what, level in beside}) == 4
    assert "3 pairs" in str(words.level_words(CHOICE, "3"))


@pytest.mark.rule("VIC-09")
def test_of_where_somebody_lives_no_more_is_said_than_whether_it_is_the_same() -> None:
    home = next(one for one in MODEL if one.name == "home")
    said = {str(words.level_words("home", level.name)) for level in home.levels}
    assert said == {"The same", "Not the same"}
    assert [level.name for level in home.levels if str(words.level_words("home", level.name)) == "The same"] == [
        "same_home"
    ]
    assert str(words.level_words("address", "near")) == "Not the same"


@pytest.fixture
def clerk(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("link_clerk")


@pytest.fixture
def two(system: Acting) -> list[int]:
    made = records(system, 2)
    score(system, *made, 0.9876)
    return made


@pytest.mark.django_db
@pytest.mark.rule("IDN-02")
def test_the_picture_says_what_the_table_says_for_a_desk_and_for_a_phone(clerk: Client, two: list[int]) -> None:
    page = clerk.get(PAIR).content.decode()
    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert [re.findall(r'viewBox="0 0 (\d+)', one) for one in pictures] == [["640"], ["320"]]
    figures = ["−8.0", "+13.0", "+5.0", "−1.0", "+9.0"]
    for picture in pictures:
        said = re.findall(r"<text[^>]*>([^<]*)</text>", picture)
        assert [one for one in said if one in figures] == figures
        assert "style=" not in picture
        assert "All together +9.0</desc>" in picture


@pytest.mark.django_db
@pytest.mark.rule("IDN-06")
def test_a_pair_found_improbable_since_shows_what_it_weighed_before(
    system: Acting, clerk: Client, two: list[int]
) -> None:
    keep_scores(by=system, model=trained(system), scored=[Scored(*two, 0.0, -29.9)], roles_of=NOBODYS)
    page = text_of(clerk.get(PAIR))
    assert "The model finds it improbable since. This is what it weighed on" in page
    assert "Date of birth Exactly alike +13.0" in page


@pytest.mark.django_db
def test_a_pair_of_which_nothing_was_weighed_says_so(
    system: Acting, clerk: Client, acting_as: Callable[..., Acting]
) -> None:
    a, b, c = records(system, 3)
    said = NewWord(Word.SAME, WHY)
    decide_pair(by=acting_as("link_clerk"), left=a, right=b, given=said, needs_another=False, roles_of=NOBODYS)
    assert "No model compared them." in text_of(clerk.get(PAIR))
    before = [Scored(a, c, 0.9, 3.2)]
    keep_scores(by=system, model=trained(system), scored=before, roles_of=NOBODYS)
    page = text_of(clerk.get("/linkage/pairs/L-10002"))
    assert "what each comparison weighed was not kept" in page
    assert "<svg" not in page
    # Said with its comparisons for the first time it is news, though it is as probable as before.
    model = model_in_use(system)
    assert model is not None
    keep_scores(by=system, model=model, scored=[Scored(a, c, 0.9, 3.2, (("prior", "prior", 3.2),))], roles_of=NOBODYS)
    assert "Any two records Before anything is compared +3.2" in text_of(clerk.get("/linkage/pairs/L-10002"))
