"""What is sent to the force, what it replies, and what is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

# By language the whole text, block by block, as it is shown and printed.
type Text = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class NewReply:
    """The force's reply, word for word: when it came, the post that gave it, and what it asks to have corrected."""

    on: date
    post: str
    words: str
    corrections: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """Whether a correction is taken; declined, why, in both languages."""

    number: int
    is_taken: bool
    reason: str = ""
    reason_cy: str = ""
