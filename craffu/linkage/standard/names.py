"""A name as it is compared: given and family names apart, without titles, marks or particles, in one spelling (X12).

Pure. Nothing is thrown away for good: this is a reading of a record beside the record.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final

from craffu.people.search.folding import fold
from craffu.people.search.forms import PATRONYMICS, meeting_names
from craffu.people.search.keys import sound


def listed(text: str) -> list[str]:
    return text.split()


# Said before a name or behind it; no part of what somebody is called.
TITLES: Final = frozenset(
    listed(
        "mr mrs ms miss mx master dr doctor prof professor sir dame lady lord hon honourable rev revd reverend fr father sister"
        " brother rabbi imam sheikh shaikh hajji haji capt captain col colonel maj major lt lieutenant sgt sergeant gen general"
        " adm admiral baron baroness earl count countess duke duchess viscount viscountess marquess marquis baronet prince"
        " princess herr frau monsieur madame mme mlle senor senora bnr mnr br parch anrh arglwydd arglwyddes syr fonesig"
    )
)
SUFFIXES: Final = frozenset(
    listed(
        "jr jnr junior sr snr senior esq esquire bt bart ii iii iv obe mbe cbe kbe qc kc mp phd md jp hynaf ieuengaf"
    )
)
# What nobody is called: alone it is no name either, as Major or King may be.
_NEVER_A_NAME: Final = frozenset(
    listed(
        "mr mrs ms miss mx dr prof sir hon rev revd reverend capt col lt lieutenant sgt gen adm viscount viscountess baroness"
        " baronet bart bt esq esquire jr jnr snr mme mlle"
    )
)
# Words of a family name that are written or left out, or joined to the next.
PARTICLES: Final = PATRONYMICS | frozenset(
    listed(
        "al el bin ibn ben bint abu de del della der den di da do dos das du la le van von ter ten zu zur y e the of"
    )
)
# Begins a style behind a name: John Ash, Baron Kent. What is said before a given name does not: Ash, Sir John.
_RANKS: Final = frozenset(
    listed(
        "baron baroness earl count countess duke duchess viscount viscountess marquess marquis baronet prince princess"
    )
)
# A name of before, or one beside: Ann Lee (née Hill), Joe Ash alias Dean.
_ASIDE: Final = re.compile(r"\(([^)]*)\)|\b(?:n[ée]e|alias|aka|otherwise|formerly)\b(.*)", re.IGNORECASE)
_OF: Final = frozenset({"of", "the"})
_NOT_A_STYLE: Final = TITLES | SUFFIXES | {"nee", "for"}
_LORDS: Final = frozenset({"lord", "lady"})
_JOINED: Final = frozenset({"mac", "mc", "o", "fitz", "saint", "st"})
NOT_GIVEN: Final = frozenset(
    listed(
        "unknown unk not known notknown none null nil na nan n/a anon anonymous refused withheld unnamed noname nfa tbc"
        " xxx anhysbys"
    )
)
_MOST_WORDS: Final = 6
_SHORTEST_SOUND: Final = 3
# The Arabic article before a letter that takes it over: ash-Shami, At-Tamimi. Without the hyphen Ash is a name of its own.
_ARTICLE: Final = re.compile(r"\b(?:[ae][dnrstz]|[ae][sdt]h)-(?=\w)", re.IGNORECASE)
_ORDINAL: Final = re.compile(r"\d+(st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Name:
    """Given names in order, the words of the family name, and those of what somebody is styled by beside it, folded.

    `patronymics` are parts of the family name with the word for whose child: ab Ifan, which is Bevan, where Ifan is not.
    """

    given: tuple[str, ...] = field(repr=False)
    family: tuple[str, ...] = field(repr=False)
    styled: tuple[str, ...] = field(default=(), repr=False)
    patronymics: tuple[str, ...] = field(default=(), repr=False)


@lru_cache(maxsize=1 << 17)
def name_of(given: str, family: str, full: str) -> Name:
    """A name from its parts, or read out of the whole: the last word is the family's, unless a comma says that it stands first.

    Where parts are given beside the whole they count, and the whole says what they do not: the given name of whoever is only
    Sir in them, a second name, and by what else a peer is called.
    """
    whole = _read(full)
    if not given.strip() and not family.strip():
        return whole
    first, named = _words(given), _words(family)
    last, patronymics = _joined(named), _patronymics(named)
    said = {*first, *last}
    more = tuple(word for word in whole.given if not _is_said(word, said))
    others = tuple(word for word in (*whole.family, *whole.styled) if word not in said)
    if not last and others and len(others) > len(whole.styled):
        last, patronymics = whole.family, whole.patronymics
        others = tuple(word for word in whole.styled if word not in whole.family)
    return Name((*first, *more)[:_MOST_WORDS], last, others, patronymics)


def _is_said(word: str, said: Iterable[str]) -> bool:
    """Whether it is one of these names otherwise written: Tom for Thomas, J for John."""
    keys = {*keys_of((word,))}
    return any(
        one[0] == word if len(word) == 1 else word[0] == one if len(one) == 1 else keys & {*keys_of((one,))}
        for one in said
    )


def _read(full: str) -> Name:
    if not full.strip():
        return Name((), ())
    given, family, style = _parted(full)
    named = _words(family)
    last = _joined(named)
    beside = (word for word in _joined(_words(style)) if word not in _NOT_A_STYLE | {*last})
    return Name(_words(given), last, tuple(beside), _patronymics(named))


def _parted(full: str) -> tuple[str, str, str]:
    """The given names, the family name, and the style behind a comma."""
    aside = " ".join(word for found in _ASIDE.findall(full) for word in found)
    before, comma, after = _ASIDE.sub(" ", full).partition(",")
    if comma:
        rest = fold(after).split()
        named = [word for word in rest if word not in TITLES | SUFFIXES]
        # Jane Smith, Lady Ash, but Ash, Lady Jane.
        ranks = _RANKS | SUFFIXES | (_LORDS if len(_words(before)) > 1 else frozenset())
        is_style = not named or rest[0] in ranks or any(_ORDINAL.fullmatch(word) for word in rest)
        if not is_style:
            return after, before, aside
    words = _words(before)
    while len(words) > 1 and words[0] in _OF:
        words = words[1:]
    at = len(words) - 1
    # A particle belongs to the name behind it.
    while at > 1 and words[at - 1] in PARTICLES | _JOINED:
        at -= 1
    style = f"{after} {aside}"
    return (" ".join(words[:at]), " ".join(words[at:]), style) if at > 0 else ("", " ".join(words), style)


def _words(text: str) -> tuple[str, ...]:
    words = fold(_ARTICLE.sub("", text).replace("-", " ").replace("/", " ")).split()
    named = [word for word in words if word not in TITLES | SUFFIXES and not _ORDINAL.fullmatch(word)]
    # Somebody may be called Major or King: a title alone is a name.
    some = named or [word for word in words if word not in _NEVER_A_NAME and not _ORDINAL.fullmatch(word)]
    return tuple(word for word in some if word not in NOT_GIVEN and not word.isdigit())[:_MOST_WORDS]


def _joined(words: tuple[str, ...]) -> tuple[str, ...]:
    made: list[str] = []
    for word in words:
        if made and made[-1] in _JOINED:
            made[-1] += word
        else:
            made.append(word)
    main = tuple(word for word in made if word not in PARTICLES)
    return main or tuple(made)


def _patronymics(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{of} {name}" for of, name in pairwise(words) if of in PATRONYMICS and name not in PATRONYMICS)


@lru_cache(maxsize=1 << 16)
def keys_of_family(name: Name) -> list[str]:
    """What a family name, the last of its words and each patronymic in it have in common with those that stand for them."""
    parts = [keys_of(name.family), keys_of(name.family[-1:]), *map(meeting_names, name.patronymics)]
    return sorted(set(chain.from_iterable(parts)))


@lru_cache(maxsize=1 << 16)
def keys_of(words: tuple[str, ...]) -> list[str]:
    """What a name and those that stand for it have in common: Bill and William, Dafydd and David, Mohammed and Muhammad."""
    whole = " ".join(words)
    return sorted(meeting_names(whole) | (meeting_names("".join(words)) if len(words) > 1 else frozenset()))


@lru_cache(maxsize=1 << 16)
def like(words: tuple[str, ...]) -> list[str] | None:
    """Each word as it is heard, or as it is written where it has few consonants: those sound like too many others."""
    sounds = ((word, heard(word)) for word in words)
    return sorted({word if len(said) < _SHORTEST_SOUND else f"~{said}" for word, said in sounds}) or None


def heard(word: str) -> str:
    """How a name sounds, whatever its spelling; what is written in no Latin letters is itself."""
    return sound(word) if word.isascii() else word
