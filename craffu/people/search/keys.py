"""Under which keys a word of a name is found, and under which it is looked for, so that a misspelt one meets it (X12).

Pure. A key is letters and digits, its first letter says its sort: `d` the word with one letter left out (two words that
differ by one letter, or by two that changed places, share one), `w` the word itself, `s` how it sounds in Welsh or English,
`p` its beginning, `t` three letters inside it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

LONGEST_BEGINNING: Final = 4
# Shorter words have too little left when a letter is left out, and longer ones are told apart by their beginnings.
_SHORTEST, _LONGEST = 3, 12

# Written so, heard so, in this order; `f` is an English v in Welsh, and what is doubled is heard once.
_HEARD: Final = (("ph", "f"), ("v", "f"), ("tch", "c"), ("dd", "d"), ("th", "d"), ("sch", "s"), ("sh", "s"), ("z", "s"))
_AT_FIRST: Final = (("kn", "n"), ("gn", "n"), ("wr", "r"), ("rh", "r"), ("wh", "w"), ("x", "s"), ("mac", "mc"))
_HARD: Final = (("ck", "c"), ("q", "c"), ("k", "c"), ("x", "cs"), ("ch", "c"))
_HEARD_BESIDE: Final = re.compile(r"gh(?=t|$|s|n)|si(?=[aeouwy])|(?<=.)c(?=[eiy])|d?g(?=[eiy])")
_OPEN: Final = frozenset("aeiouy")
_BREATHED: Final = frozenset("hw")
_TWICE: Final = re.compile(r"(.)\1+")
_VOWELS: Final = str.maketrans("", "", "aeiouwyh")
# At the beginning a c may be Welsh, where every c is hard: Ceri, Kerry.


@lru_cache(maxsize=1 << 14)
def sound(word: str) -> str:
    """The consonants as they are heard, after an `a` where the word begins with a vowel. A word of vowels is itself."""
    heard = word
    for start, said in _AT_FIRST:
        if heard.startswith(start):
            heard = said + heard[len(start) :]
            break
    for written, said in _HEARD:
        heard = heard.replace(written, said)
    heard = _HEARD_BESIDE.sub(_heard_beside, heard)
    for written, said in _HARD:
        heard = heard.replace(written, said)
    heard = _TWICE.sub(r"\1", heard)
    first = heard[:1]
    spoken = ("a" if first in _OPEN else first if first in _BREATHED else "") + heard.translate(_VOWELS)
    return spoken if len(spoken) > 1 else heard


def _heard_beside(found: re.Match[str]) -> str:
    written = found.group()
    if written == "gh":
        return ""
    return "j" if written.endswith("g") else "s"


def _shortened(word: str) -> set[str]:
    if not _SHORTEST <= len(word) <= _LONGEST:
        return {word}
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _inside(word: str) -> set[str]:
    return {word[at : at + 3] for at in range(len(word) - 2)}


def keys_kept(word: str) -> list[str]:
    """Every key of a word that a name holds."""
    return [
        "w" + word,
        *("d" + left for left in _shortened(word)),
        "s" + sound(word),
        *("p" + word[:size] for size in range(1, min(len(word), LONGEST_BEGINNING) + 1)),
        *("t" + three for three in _inside(word)),
    ]


def keys_like(word: str) -> list[str]:
    """The keys of words that may be what a whole word was meant to be."""
    return [*("d" + left for left in _shortened(word)), "s" + sound(word)]


def key_whole(word: str) -> str:
    return "w" + word


def key_beginning(word: str) -> str:
    """The key of words that begin so: all of them have it, and some that only begin alike."""
    return "p" + word[:LONGEST_BEGINNING]


def keys_inside(word: str) -> Iterable[str]:
    """The keys that every word holding these letters has; none for fewer than three."""
    return ["t" + three for three in _inside(word)]
