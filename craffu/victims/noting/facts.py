"""An entry in her own log before it is stored."""

from dataclasses import dataclass, field

from craffu.victims.answering.rules import Span
from craffu.victims.noting.kinds import Proof, Way
from craffu.victims.voice.rules import ReadersNotice
from craffu.victims.voice.subjects import Route


@dataclass(frozen=True, slots=True)
class NewEntry:
    """When and how, what happened in her words, and where proof is kept; `for_ledger` is whether she wants it looked into.

    `notice` is what she was told of readers before, in the language of her words. `advocate` is through whom it came.
    """

    span: Span
    way: Way
    language: str
    route: Route
    notice: ReadersNotice | None
    for_ledger: bool
    through_others: bool | None = None
    words: str = field(default="", repr=False)
    proof: Proof = Proof.NOT_SAID
    proof_words: str = field(default="", repr=False)
    advocate: int | None = None
