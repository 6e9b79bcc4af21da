"""How a name is written for the index and for asking: small letters without marks, words without hyphens (BIL-04).

Pure. Siân and Sian are one word, so are O'Brien and OBrien; Davies-Jones is two. Letters of other scripts stay as they are.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

# Letters that no mark can be taken from.
_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "ng", "ħ": "h"}
)
_MARKS: Final = re.compile(r"[\u0300-\u036f]+")
_APOSTROPHES: Final = ("'", "’", "‘", "`", "´", "ʼ")
# A line break parts the names of a batch.
_NEITHER: Final = re.compile(r"[^\w \n]|_")


def fold(text: str) -> str:
    """The words of one name or of what was asked, one space between them."""
    return " ".join(_folded(text.replace("\n", " ")).split())


def fold_lines(names: Iterable[str]) -> str:
    """Many names in one go, a line each. Between two words, before the first and after the last may be more than one space."""
    plain = [name if name.isascii() else _without_marks(name) for name in names]
    return _folded("\n".join([name.replace("\n", " ") if "\n" in name else name for name in plain]))


def _folded(text: str) -> str:
    if not text.isascii():
        text = _without_marks(text)
    text = text.lower()
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, "")
    return _NEITHER.sub(" ", text)


def _without_marks(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_LETTERS)
