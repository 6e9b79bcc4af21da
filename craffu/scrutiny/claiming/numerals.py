"""Which counts a sentence tells, in figures or in words, in English and in Welsh (MSR-03).

Pure. None and all tell a nought, of those who are or of those who are not; *few or none* and *nearly all* tell neither. A count
of one is told by what it stands before: the word alone is as often a pronoun.
"""

import re
from typing import Final

# A number with decimals is no count.
_FIGURES: Final = re.compile(r"[0-9][0-9,\u00a0]*(?:\.[0-9]+)?")
_ONE_OF: Final = (
    "case|victim|order|record|file|crime|offence|report|breach|officer|person|force|application|review|reply"
)
_UN_O: Final = (
    "achos|dioddefwr|ddioddefwr|gorchymyn|cofnod|ffeil|drosedd|adroddiad|toriad|swyddog|person|heddlu|cais|adolygiad"
)
_WORDS: Final = {
    0: (
        rf"(?<!or )(?<!few )(?:none|nobody|no one|not one|not a single|never|in no|no (?:{_ONE_OF})\w*)"
        r"|(?<!nearly )(?<!almost )(?<!not )(?<!or )(?:all|every|each|always|without exception)"
        rf"|(?<!neu )(?:dim un|neb|dim (?:{_UN_O})|mewn dim|heb fod mewn un|byth|erioed|yr un ohonynt)"
        r"|(?<!bron )(?<!mron )(?<!nid )(?<!neu )(?:pob|bob|phob|mhob|i gyd|bawb|pawb|yn ddieithriad)"
    ),
    1: (
        rf"(?:only|just|exactly|in) one|one (?:of|{_ONE_OF})|a single|once"
        rf"|dim ond un|un (?:o|{_UN_O})|unwaith|mewn un"
    ),
    2: "two|both|twice|dau|ddau|dwy|ddwy|dwywaith|ddwywaith|deuddyn",
    3: "three|tri|dri|thri|tair|dair|thair|teirgwaith",
    4: "four|pedwar|bedwar|phedwar|pedair|bedair|phedair",
    5: "five|pump|bump|phump|pum|bum|phum",
    6: "six|chwech|chwe",
    7: "seven|saith",
    8: "eight|wyth",
    9: "nine|naw",
    11: "eleven|un ar ddeg",
    12: "twelve|dozen|deuddeg|ddeuddeg|dwsin",
    13: "thirteen|(?:tri|dri|thri|tair|dair|thair) ar ddeg",
    14: "fourteen|(?:pedwar|bedwar|phedwar|pedair|bedair|phedair) ar ddeg",
    16: "sixteen|un ar bymtheg",
    17: "seventeen|(?:dau|ddau|dwy|ddwy) ar bymtheg",
    18: "eighteen|deunaw|ddeunaw",
    19: "nineteen|(?:pedwar|bedwar|phedwar|pedair|bedair|phedair) ar bymtheg",
}  # fmt: skip
_SAID: Final = {count: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for count, words in _WORDS.items()}


_HUNDREDTHS: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:%|per ?cent|y cant|y can)(?!\w)")
_PARTS: Final = {
    50.0: "half|hanner", 100 / 3: "a third|one third|traean", 200 / 3: "two thirds|dwy ran o dair|deuparth",
    25.0: "a quarter|one quarter|chwarter", 75.0: "three quarters|tri chwarter|dri chwarter", 20.0: "a fifth|one fifth|pumed ran",
    10.0: "a tenth|one tenth|degfed ran",
}  # fmt: skip
# Before a part: what makes it no figure, and the three of three quarters.
_ABOUT: Final = "".join(
    f"(?<!{word} )"
    for word in ("about", "around", "nearly", "over", "under", "tua", "dros", "dan", "bron", "tri", "dri")
)
_PART_SAID: Final = {
    share: re.compile(rf"{_ABOUT}\b(?:{words})\b", re.IGNORECASE) for share, words in _PARTS.items()
}  # fmt: skip


def shares_told(sentence: str) -> set[float]:
    """Every share that stands in it, in hundredths; of what is about half or over a third nothing is told."""
    plain = " ".join(sentence.split())
    figures = {float(one) for one in _HUNDREDTHS.findall(plain)}
    return figures | {share for share, words in _PART_SAID.items() if words.search(plain)}


# The most of something, and the most recent, are no majority.
_MOST: Final = re.compile(
    r"(?<!at )(?<!the )(?<!its )(?<!their )\bmost\b(?! (?:recent|serious|severe|likely)\b)"
    r"|\b(?:mostly|majority|(?:more than|over) half|more often than not)\b"
    r"|\b(?:rhan fwyaf|mwyafrif|fwyafrif|gan mwyaf|gan amlaf|(?:mwy na|dros) hanner)\b",
    re.IGNORECASE,
)


def says_most(sentence: str) -> bool:
    """Whether it claims more than half."""
    return _MOST.search(" ".join(sentence.split())) is not None


def counts_told(sentence: str) -> set[int]:
    """Every count that stands in it."""
    figures = {int(re.sub(r"[^0-9]", "", one)) for one in _FIGURES.findall(sentence) if "." not in one}
    plain = " ".join(sentence.split())
    return figures | {count for count, words in _SAID.items() if words.search(plain)}
