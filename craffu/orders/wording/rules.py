"""Which names may stand in braces in what our papers say, and how they are put in: never twice, never as markup.

Issue E: force wording is editable text. Each piece of wording lists the names it knows; another is refused when it is saved.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final

_NAMED: Final = re.compile(r"\{([^{}]*)\}")


class WhyNotWorded(ValueError):
    """Words that cannot be kept; `code` says why, `name` which name in braces it is about."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.name = name


def check_words(words: str, names: Collection[str]) -> None:
    """Raises WhyNotWorded where the words are empty, use a name not listed, or have a brace that begins or ends nothing."""
    if not words.strip():
        raise WhyNotWorded("no_words")
    for name in _NAMED.findall(words):
        if name not in names:
            raise WhyNotWorded("unknown_name", name)
    if set("{}") & set(_NAMED.sub("", words)):
        raise WhyNotWorded("loose_brace")


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words with everything put in. What is put in may hold braces itself: it is not looked at again."""
    return _NAMED.sub(lambda found: values[found.group(1)], words)
