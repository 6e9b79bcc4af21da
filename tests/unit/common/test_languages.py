"""Welsh and English: what may be sent, the six number forms, dates in words, and names that are the same name."""

from datetime import date
from itertools import product

import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from craffu.common import languages
from craffu.common.languages import Audience, Language, LanguageChoice, TranslationStatus, Withheld

BOTH, CY, EN = frozenset(Language), frozenset({Language.WELSH}), frozenset({Language.ENGLISH})
TO_EVERYONE = [Audience.PAGE, Audience.FORM, Audience.SURVEY, Audience.PUBLISHED]


@pytest.mark.rule("BIL-01")
@pytest.mark.parametrize("audience", TO_EVERYONE)
@pytest.mark.parametrize(("has_en", "has_cy"), [(True, False), (False, True), (False, False)])
@pytest.mark.parametrize("choice", [None, *LanguageChoice])
def test_one_language_missing_stops_what_is_for_everyone(
    *, audience: Audience, has_en: bool, has_cy: bool, choice: LanguageChoice | None
) -> None:
    answer = languages.release_of(audience=audience, has_en=has_en, has_cy=has_cy, choice=choice)
    assert answer == languages.Release(release=False, why=Withheld.BOTH_LANGUAGES_NEEDED, languages=frozenset())


@pytest.mark.rule("BIL-01")
@pytest.mark.parametrize("audience", TO_EVERYONE)
@pytest.mark.parametrize("status", [None, TranslationStatus.APPROVED])
def test_what_is_for_everyone_goes_out_in_both(audience: Audience, status: TranslationStatus | None) -> None:
    answer = languages.release_of(audience=audience, has_en=True, has_cy=True, cy_status=status)
    assert answer == languages.Release(release=True, why=None, languages=BOTH)


@pytest.mark.rule("BIL-02")
@pytest.mark.parametrize(
    ("choice", "has_en", "has_cy", "why", "sent"),
    [
        ("cy", False, True, None, CY),
        ("cy", True, False, Withheld.CHOSEN_LANGUAGE_MISSING, frozenset()),
        ("en", True, False, None, EN),
        ("en", False, True, Withheld.CHOSEN_LANGUAGE_MISSING, frozenset()),
        ("cy", True, True, None, CY),
        ("both", True, True, None, BOTH),
        ("both", False, True, Withheld.BOTH_LANGUAGES_NEEDED, frozenset()),
        ("unknown", True, True, None, BOTH),
        ("unknown", True, False, Withheld.BOTH_LANGUAGES_NEEDED, frozenset()),
        (None, True, True, None, BOTH),
        (None, True, False, Withheld.BOTH_LANGUAGES_NEEDED, frozenset()),
    ],
)
def test_a_letter_goes_in_its_readers_language_or_in_both(
    *, choice: str | None, has_en: bool, has_cy: bool, why: Withheld | None, sent: frozenset[Language]
) -> None:
    answer = languages.release_of(audience="letter", has_en=has_en, has_cy=has_cy, choice=choice)
    assert answer == languages.Release(release=why is None, why=why, languages=sent)


@pytest.mark.rule("BIL-03")
@pytest.mark.parametrize("audience", [audience for audience in Audience if audience != Audience.INTERNAL])
@pytest.mark.parametrize("choice", [None, *LanguageChoice])
def test_a_draft_in_welsh_never_leaves(audience: Audience, choice: LanguageChoice | None) -> None:
    answer = languages.release_of(audience=audience, has_en=True, has_cy=True, choice=choice, cy_status="draft")
    if audience == Audience.LETTER and choice == LanguageChoice.ENGLISH:
        assert (answer.release, answer.languages) == (True, EN)
    else:
        assert (answer.release, answer.why, answer.languages) == (False, Withheld.WELSH_NOT_APPROVED, frozenset())


@pytest.mark.rule("BIL-03")
@pytest.mark.parametrize(
    ("has_en", "has_cy", "status", "sent", "marked"),
    [
        (True, True, "draft", BOTH, True),
        (False, True, "draft", CY, True),
        (True, False, "draft", EN, False),
        (True, True, "approved", BOTH, False),
        (True, True, None, BOTH, False),
    ],
)
def test_staff_see_what_there_is_and_a_draft_is_marked(
    *, has_en: bool, has_cy: bool, status: str | None, sent: frozenset[Language], marked: bool
) -> None:
    answer = languages.release_of(audience="internal", has_en=has_en, has_cy=has_cy, cy_status=status)
    assert answer == languages.Release(release=True, why=None, languages=sent, mark_draft=marked)


@pytest.mark.rule("BIL-01")
@pytest.mark.parametrize(
    "words", [{"audience": "poster"}, {"audience": "letter", "choice": "fr"}, {"audience": "page", "cy_status": "fine"}]
)
def test_a_word_that_means_nothing_is_refused(words: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        languages.release_of(has_en=True, has_cy=True, **words)


@pytest.mark.rule("BIL-02")
@pytest.mark.parametrize(
    ("incoming", "choice", "answered"),
    [
        *(("cy", choice, "cy") for choice in (None, *LanguageChoice)),
        *product(("en", None), ("en",), ("en",)),
        *product(("en", None), ("cy",), ("cy",)),
        *product(("en", None), ("both", "unknown", None), ("both",)),
    ],
)
def test_welsh_is_answered_in_welsh_and_the_choice_is_used(
    incoming: str | None, choice: str | None, answered: str
) -> None:
    assert languages.reply_language(incoming=incoming, choice=choice) == answered


@pytest.mark.rule("BIL-04")
def test_every_welsh_number_has_the_form_cldr_gives_it() -> None:
    forms = {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}
    for number in range(1_001):
        assert languages.plural_category(number, "cy") == forms.get(number, "other")
        assert languages.plural_category(number, "en") == ("one" if number == 1 else "other")


@pytest.mark.rule("BIL-04")
@pytest.mark.parametrize(
    ("day", "english", "welsh"),
    [
        ("2023-07-03", "3 July 2023", "3 Gorffennaf 2023"),
        ("2028-02-29", "29 February 2028", "29 Chwefror 2028"),
        ("2026-12-01", "1 December 2026", "1 Rhagfyr 2026"),
    ],
)
def test_a_day_is_written_in_words(day: str, english: str, welsh: str) -> None:
    assert languages.date_in_words(date.fromisoformat(day), "en") == english
    assert languages.date_in_words(date.fromisoformat(day), Language.WELSH) == welsh


@pytest.mark.rule("BIL-04")
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(Language))
def test_every_day_is_its_number_its_month_and_its_year(day: date, language: Language) -> None:
    months = get_month_names("wide", locale=language.value)
    assert languages.date_in_words(day, language) == f"{day.day} {months[day.month]} {day.year}"


@pytest.mark.rule("BIL-04")
@pytest.mark.parametrize(
    ("label", "number", "language", "text"),
    [
        ("Gorchmynion mewn grym", 10_199, "cy", "Gorchmynion mewn grym: 10,199"),
        ("Orders in force", 1, "en", "Orders in force: 1"),
        ("Orders in force", 0, "en", "Orders in force: 0"),
        ("Cofnodion", 1_234_567, "cy", "Cofnodion: 1,234,567"),
    ],
)
def test_a_count_needs_no_form_and_no_mutation(label: str, number: int, language: str, text: str) -> None:
    assert languages.count_text(label, number, language) == text


WELSH_VOWELS = "âêîôûŵŷ äëïöüẅÿ àèìòùẁỳ áéíóúẃý"
PLAIN_VOWELS = "aeiouwy aeiouwy aeiouwy aeiouwy"


@pytest.mark.rule("BIL-04")
@pytest.mark.parametrize(("marked", "plain"), [*zip(WELSH_VOWELS, PLAIN_VOWELS, strict=True)])
def test_every_welsh_vowel_folds_to_its_letter(marked: str, plain: str) -> None:
    plain = plain.strip()
    assert languages.fold(marked) == languages.fold(marked.upper()) == plain
    assert languages.fold(f"{marked}{marked}") == plain * 2


@pytest.mark.rule("BIL-04")
@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Llŷr Siôn", "Llyr Sion"),
        ("Llŷr", "Lly\u0302r"),  # composed and decomposed
        ("  Siân   ELERI ", "sian eleri"),
        ("Anne-Marie", "Anne Marie"),
        ("Anne\u2010Marie", "Anne\u2013Marie"),
        ("O'Brien", "OBrien"),
        ("O’Brien", "O'Brien"),
        ("O´Brien", "O`Brien"),
        ("O\uff07Brien", "OBrien"),
        ("St. Clears", "St Clears"),
        ("J.R. Pugh", "J R Pugh"),
        ("Łukasz", "Lukasz"),
        ("Søren Æbel", "Soren Aebel"),
        ("Groß", "GROSS"),
        ("Tŷ\u00a0Ddewi", "ty ddewi"),
        ("Sio\u00adned", "Sioned"),  # a soft hyphen left by a word processor
        ("İbrahim", "ibrahim"),
        ("Ｊｏｎｅｓ", "Jones"),
        ("ש\u05b0", "ש"),  # a point under a Hebrew letter
    ],
)
def test_two_spellings_of_a_name_are_the_same(a: str, b: str) -> None:
    assert languages.same_name(a, b)
    assert languages.same_name(b, a)


@pytest.mark.rule("BIL-04")
@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Siân", "Sioned"),
        ("Anne Marie", "Annemarie"),
        ("Rhys Evans", "Rees Evans"),
        ("Llan", "Lan"),
        ("", ""),
        ("?", "-"),
        ("", "Jones"),
        ("か", "が"),  # the mark makes another letter of it
        ("रम", "राम"),
    ],
)
def test_two_names_are_not_the_same(a: str, b: str) -> None:
    assert not languages.same_name(a, b)
    assert not languages.same_name(b, a)


@pytest.mark.rule("BIL-04")
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = languages.fold(text)
    assert languages.fold(once) == once
    assert once == " ".join(once.split())


@pytest.mark.rule("BIL-04")
@given(st.text(alphabet=WELSH_VOWELS + PLAIN_VOWELS + "bcdfghlmnprst'’- "))
def test_case_and_outer_space_never_count(name: str) -> None:
    assert languages.fold(f"  {name.upper()}\t") == languages.fold(name.lower()) == languages.fold(name)


TOWNS = [["Carmarthen", "Caerfyrddin"], ["Cardigan", "Aberteifi"], ["St Davids", "Tyddewi", "Tŷ Ddewi"]]


@pytest.mark.rule("BIL-04")
@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Carmarthen", "Caerfyrddin", True),
        ("CAERFYRDDIN", "carmarthen ", True),
        ("St. David's", "Tyddewi", True),
        ("Ty Ddewi", "Tyddewi", True),
        ("Carmarthen", "Cardigan", False),
        ("Carmarthen", "Aberteifi", False),
        ("Llanelli", "Llanelli", True),
        ("Llanelli", "Caerfyrddin", False),
        ("", "Caerfyrddin", False),
    ],
)
def test_a_town_is_known_by_either_name(a: str, b: str, same: bool) -> None:
    assert languages.same_name(a, b, TOWNS) is same
    assert languages.same_name(b, a, TOWNS) is same


@pytest.mark.rule("BIL-04")
@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("cy", ["Âr", "Bala", "Caernarfon", "Cwmbrân", "Chwilog", "Dolgellau", "Dyfed", "Ddinas", "Eryri"]),
        ("cy", ["Felinfoel", "Ffestiniog", "Gwynedd", "Ngwy", "Harlech", "Lampeter", "Lyn", "Llanelli", "Llŷn"]),
        ("cy", ["Mawddwy", "Nefyn", "Penarth", "Pwllheli", "Phylip", "Rasau", "Ryw", "Rhondda", "Rhyl", "Sanclêr"]),
        ("cy", ["Talgarth", "Tywyn", "Thelwall", "Wrecsam", "Ystwyth"]),
        ("en", ["Âr", "Bala", "Chwilog", "Cwmbrân", "Lampeter", "Llanelli", "Lyn", "Rasau", "Rhondda", "Rye"]),
    ],
)
def test_names_stand_in_the_order_of_the_alphabet(language: str, ordered: list[str]) -> None:
    assert sorted(set(ordered), key=lambda name: languages.sort_key(name, language)) == ordered


@pytest.mark.rule("BIL-04")
@given(st.text(max_size=8), st.text(max_size=8), st.sampled_from(Language))
def test_different_texts_never_share_a_place(a: str, b: str, language: Language) -> None:
    assert (languages.sort_key(a, language) == languages.sort_key(b, language)) == (a == b)


@pytest.mark.rule("BIL-04")
def test_a_group_of_names_with_an_empty_one_makes_nobody_the_same() -> None:
    assert not languages.same_name("", "Cardigan", [["", "Cardigan"]])
    assert not languages.same_name("Cardigan", "?", [["", "Cardigan"]])


@pytest.mark.rule("BIL-04")
@pytest.mark.parametrize(
    ("letter", "typed"),
    [*zip("ølđðħŧıłæœþ", ("o", "l", "d", "d", "h", "t", "i", "l", "ae", "oe", "th"), strict=True)],
)
def test_a_letter_with_a_stroke_is_found_by_what_people_type(letter: str, typed: str) -> None:
    assert languages.fold(f"a{letter}a") == f"a{typed}a"


def test_languages_audiences_and_choices_are_kept_under_words_that_stay() -> None:
    assert [*languages.Audience] == ["page", "form", "survey", "published", "letter", "internal"]
    assert [*languages.LanguageChoice] == ["en", "cy", "both", "unknown"]
    assert [*Language] == ["en", "cy"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", True), ("  ", True), ("wythnos", True), ("WYTHNOS  dydd", True), ("dŵr", True), ("dwr", True), ("nos", True),
        ("zebra", False), ("wythnos zebra", False),
    ],
)  # fmt: skip
def test_every_word_that_is_asked_for_stands_somewhere(asked: str, found: bool) -> None:
    assert languages.has_every_word(asked, ["Bob wythnos", "Dydd o ddŵr, dŵr"]) is found


def test_in_nothing_no_word_stands() -> None:
    assert not languages.has_every_word("a", [])
