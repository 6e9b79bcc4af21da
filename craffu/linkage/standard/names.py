"""A name as it is compared: given and family names apart, without titles, marks or particles, in one spelling (X12).

Pure. Nothing is thrown away for good: this is a reading of a record beside the record.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
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
# Words of a family name that are written or left out, or joined to the next.
PARTICLES: Final = PATRONYMICS | frozenset(
    listed(
        "al el bin ibn ben bint abu de del della der den di da do dos das du la le van von ter ten zu zur y e the of"
    )
)
_JOINED: Final = frozenset({"mac", "mc", "o", "fitz", "saint", "st"})
NOT_GIVEN: Final = frozenset(
    listed(
        "unknown unk not known notknown none null nil na nan n/a anon anonymous refused withheld unnamed noname nfa tbc"
        " xxx anhysbys"
    )
)
_ORDINAL: Final = re.compile(r"\d+(st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Name:
    """Given names in order and the words of the family name, folded."""

    given: tuple[str, ...] = field(repr=False)
    family: tuple[str, ...] = field(repr=False)


@lru_cache(maxsize=1 << 17)
def name_of(given: str, family: str, full: str) -> Name:
    """A name from its parts, or read out of the whole where neither part is given: the last word is the family's, unless a
    comma says that it stands first.
    """
    if not given.strip() and not family.strip():
        given, family = _parted(full)
    return Name(_words(given), _joined(_words(family)))


def _parted(full: str) -> tuple[str, str]:
    before, comma, after = full.partition(",")
    if comma:
        rest = fold(after).split()
        is_style = not rest or any(_ORDINAL.fullmatch(word) for word in rest) or bool({*rest} & (TITLES | SUFFIXES))
        if not is_style:
            return after, before
    words = _words(before)
    at = len(words) - 1
    # A particle belongs to the name behind it.
    while at > 1 and words[at - 1] in PARTICLES | _JOINED:
        at -= 1
    return (" ".join(words[:at]), " ".join(words[at:])) if at > 0 else ("", " ".join(words))


def _words(text: str) -> tuple[str, ...]:
    words = fold(text.replace("-", " ").replace("/", " ")).split()
    named = [word for word in words if word not in TITLES | SUFFIXES and not _ORDINAL.fullmatch(word)]
    # Somebody may be called Major or King: a title alone is a name.
    kept = [word for word in named or words if word not in NOT_GIVEN and not word.isdigit()]
    return tuple(kept[:6])


def _joined(words: tuple[str, ...]) -> tuple[str, ...]:
    made: list[str] = []
    for word in words:
        if made and made[-1] in _JOINED:
            made[-1] += word
        else:
            made.append(word)
    main = tuple(word for word in made if word not in PARTICLES)
    return main or tuple(made)


@lru_cache(maxsize=1 << 16)
def keys_of(words: tuple[str, ...]) -> list[str]:
    """What a name and those that stand for it have in common: Bill and William, Dafydd and David, Mohammed and Muhammad."""
    whole = " ".join(words)
    return sorted(meeting_names(whole) | (meeting_names("".join(words)) if len(words) > 1 else frozenset()))


def heard(word: str) -> str:
    """How a name sounds, whatever its spelling; what is written in no Latin letters is itself."""
    return sound(word) if word.isascii() else word
