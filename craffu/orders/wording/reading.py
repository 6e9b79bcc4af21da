"""What our papers say of themselves as it ships, by its key: in English and Welsh, with the names that may stand in it."""

import tomllib
import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from craffu.orders.wording.rules import check_words

FILE: Final = Path(__file__).resolve().parents[1] / "reference" / "wording.toml"
LANGUAGES: Final = ("en", "cy")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of wording. `names` may stand in braces in it."""

    key: str
    names: tuple[str, ...]
    words: Mapping[str, str]


def read_pieces(text: str) -> dict[str, Piece]:
    """The pieces of a file. Raises KeyError for one that lacks a language, WhyNotWorded for a name not listed."""
    found = {}
    for key, row in tomllib.loads(text).items():
        words = {language: row[language] for language in LANGUAGES}
        for said in words.values():
            check_words(said, row["names"])
        found[key] = Piece(key, tuple(row["names"]), types.MappingProxyType(words))
    return found


@cache
def pieces() -> Mapping[str, Piece]:
    return types.MappingProxyType(read_pieces(FILE.read_text(encoding="utf-8")))
