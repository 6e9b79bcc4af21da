"""Shows word by word how a variation changed a condition's text, so that an officer sees what is forbidden now (ORD-15)."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Words:
    """Words that belong together, and what became of them."""

    part: Part
    text: str


_WORDS_AND_SPACES: Final = re.compile(r"\s*\S+|\s+$")


def changed_words(before: str, after: str) -> list[Words]:
    """The text of both versions in reading order; where words replace words, the old stand before the new."""
    old, new = _WORDS_AND_SPACES.findall(before), _WORDS_AND_SPACES.findall(after)
    found: list[Words] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Words(Part.KEPT, "".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            found.append(Words(Part.REMOVED, "".join(old[old_from:old_to])))
        if new_to > new_from:
            found.append(Words(Part.ADDED, "".join(new[new_from:new_to])))
    return found
