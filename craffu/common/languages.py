"""Decides what may be sent in which language, and how dates, numbers and names are written, sorted and compared.

BIL-01 to BIL-03: Welsh Language (Wales) Measure 2011, Standards (No. 5) Regulations 2016, and the project's decision on
translations not yet approved. BIL-04: Unicode CLDR `cy`, read through Babel.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal


class Language(StrEnum):
    """The two languages of the service."""

    ENGLISH = "en"
    WELSH = "cy"


class LanguageChoice(StrEnum):
    """The language a person asked to be dealt with in; until it is known, both are used."""

    ENGLISH = "en"
    WELSH = "cy"
    BOTH = "both"
    UNKNOWN = "unknown"


class Audience(StrEnum):
    """Who a text is for."""

    PAGE = "page"
    FORM = "form"
    SURVEY = "survey"
    PUBLISHED = "published"
    LETTER = "letter"
    INTERNAL = "internal"


class TranslationStatus(StrEnum):
    """Whether a qualified translator has approved a Welsh text."""

    APPROVED = "approved"
    DRAFT = "draft"


class Withheld(StrEnum):
    """Why a text may not be released."""

    BOTH_LANGUAGES_NEEDED = "both_languages_needed"
    CHOSEN_LANGUAGE_MISSING = "chosen_language_missing"
    WELSH_NOT_APPROVED = "welsh_not_approved"


@dataclass(frozen=True, slots=True)
class Release:
    """Whether a text may be released, in which languages, and why not; `mark_draft`: its Welsh is shown as a draft."""

    release: bool
    why: Withheld | None
    languages: frozenset[Language]
    mark_draft: bool = False


_LOCALES: Final = {Language.ENGLISH: Locale("en", "GB"), Language.WELSH: Locale("cy", "GB")}
_BOTH: Final = frozenset(Language)
_CHOSEN: Final = {
    LanguageChoice.ENGLISH: frozenset({Language.ENGLISH}),
    LanguageChoice.WELSH: frozenset({Language.WELSH}),
}


def release_of(
    *,
    audience: Audience | str,
    has_en: bool,
    has_cy: bool,
    choice: LanguageChoice | str | None = None,
    cy_status: TranslationStatus | str | None = None,
) -> Release:
    """Whether a text may go to its audience (BIL-01, BIL-02, BIL-03).

    A letter goes in its reader's language, or in both until that is known; everything else in both. Staff may see what
    there is, its Welsh marked while it is a draft. `choice` is unknown and `cy_status` approved where not said.
    Raises ValueError for a word that is none of these.
    """
    present = frozenset(language for language, there in ((Language.ENGLISH, has_en), (Language.WELSH, has_cy)) if there)
    draft = (
        Language.WELSH in present and cy_status is not None and TranslationStatus(cy_status) == TranslationStatus.DRAFT
    )
    if Audience(audience) == Audience.INTERNAL:
        return Release(release=True, why=None, languages=present, mark_draft=draft)
    letter = Audience(audience) == Audience.LETTER
    needed = _CHOSEN.get(_known(choice), _BOTH) if letter else _BOTH
    if not needed <= present:
        why = Withheld.BOTH_LANGUAGES_NEEDED if needed == _BOTH else Withheld.CHOSEN_LANGUAGE_MISSING
        return Release(release=False, why=why, languages=frozenset())
    if draft and Language.WELSH in needed:
        return Release(release=False, why=Withheld.WELSH_NOT_APPROVED, languages=frozenset())
    return Release(release=True, why=None, languages=needed)


def reply_language(
    *, incoming: Language | str | None = None, choice: LanguageChoice | str | None = None
) -> LanguageChoice:
    """The language to answer in: Welsh to Welsh, else the person's choice, else both (BIL-02)."""
    if incoming == Language.WELSH:
        return LanguageChoice.WELSH
    chosen = _known(choice)
    return LanguageChoice.BOTH if chosen == LanguageChoice.UNKNOWN else chosen


# A page says the same few days over and over, and what is said of a day never changes.
@lru_cache(maxsize=2048)
def date_in_words(day: date, language: Language | str) -> str:
    """A day written out: '3 July 2023', '3 Gorffennaf 2023'."""
    return format_date(day, format="long", locale=_LOCALES[Language(language)])


def plural_category(number: int, language: Language | str) -> str:
    """CLDR's number form: English one or other; Welsh zero, one, two, few (3), many (6) or other."""
    return _LOCALES[Language(language)].plural_form(number)


def count_text(label: str, number: int, language: Language | str = Language.ENGLISH) -> str:
    """The preferred wording of a count, 'Label: 10,199', which needs no number form and no mutation."""
    return f"{label}: {format_decimal(number, locale=_LOCALES[Language(language)])}"


# Marks people type for an apostrophe. They go before decomposition, which would turn an acute accent into a space.
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u2032`\u00b4\uff07"))
# Latin letters that Unicode does not decompose, though people type them without their stroke or as two letters.
_STROKED: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
# Combining classes up to this one are part of a letter (Indic nukta and virama, the voicing of kana), not a diacritic.
_PART_OF_A_LETTER: Final = 9


def fold(text: str) -> str:
    """The form in which two spellings of a name are compared and searched.

    Case, diacritics, apostrophes and outer or repeated spaces do not count; a hyphen, a full stop and any other mark
    count as a space. Folding twice changes nothing.
    """
    lower = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    # Again, because lowering a letter may compose it and decomposing one may bring an apostrophe.
    plain = unicodedata.normalize("NFKD", lower).translate(_APOSTROPHES).translate(_STROKED)
    return " ".join("".join(map(_kept, plain)).split())


def has_every_word(asked: str, texts: Iterable[str]) -> bool:
    """Whether each word that is asked for stands somewhere in these texts, however it is spelt; of no word, yes."""
    whole = fold(" ".join(texts))
    return all(word in whole for word in fold(asked).split())


def same_name(a: str, b: str, aliases: Iterable[Iterable[str]] | None = None) -> bool:
    """Whether two names are the same when folded, or stand together in one group of `aliases` (a town's two names).

    A name with no letters is nobody's, so it is the same as none.
    """
    first, second = fold(a), fold(b)
    if not first or not second:
        return False
    if first == second:
        return True
    return any({first, second} <= {fold(name) for name in group} for group in aliases or ())


# CLDR `cy`: each of these is one letter of the alphabet and follows the letter it stands beside here.
_WELSH_DIGRAPHS: Final = {"ch": "c", "dd": "d", "ff": "f", "ng": "g", "ll": "l", "ph": "p", "rh": "r", "th": "t"}
_WELSH_DIGRAPH: Final = re.compile("|".join(_WELSH_DIGRAPHS))
_AFTER_EVERY_LETTER: Final = "\U0010ffff"


def sort_key(text: str, language: Language | str) -> tuple[str, str]:
    """The key that puts names in the order of a language's alphabet; in Welsh 'Chwilog' follows 'Cwmbrân'."""
    folded = fold(text)
    if Language(language) == Language.WELSH:
        folded = _WELSH_DIGRAPH.sub(lambda found: _WELSH_DIGRAPHS[found.group()] + _AFTER_EVERY_LETTER, folded)
    return folded, text


def _kept(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cf" or unicodedata.combining(sign) > _PART_OF_A_LETTER:
        return ""
    return sign if category[0] in "LMN" else " "


def _known(choice: LanguageChoice | str | None) -> LanguageChoice:
    return LanguageChoice.UNKNOWN if choice is None else LanguageChoice(choice)
