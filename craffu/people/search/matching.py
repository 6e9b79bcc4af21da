"""Which words of the register each word asked for may be, how near each is and why, and what is looked for first (X12).

Pure. Nearness is a cost: 0 is the word itself, 1 is as far as a word may be. The costs order answers and nothing else; they
were set on invented names, and the recall test says what they find.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA, Indel

from craffu.people.search.forms import PATRONYMICS, Kind, forms_of, unchanged
from craffu.people.search.keys import sound

NEAR: Final = 0.4
# So many words of each sort stand for one word asked for.
MOST_LISTED, MOST_NEAR, MOST_FAR = 10, 8, 12
_JOINED: Final = 0.1
# Beginnings that are written with the rest of a name or apart from it.
_APART: Final = ("mac", "mc", "fitz", "van", "ap", "ab", "de", "o")


class Why(StrEnum):
    """Why a word of a name answers a word asked for."""

    SAME = "same"
    WELSH = "welsh"
    NICKNAME = "nickname"
    VARIANT = "variant"
    CHANGED = "changed"
    APART = "apart"
    SOUND = "sound"
    SPELT = "spelt"
    BEGINS = "begins"
    INSIDE = "inside"
    INITIAL = "initial"


@dataclass(frozen=True, slots=True)
class Choice:
    """Words that together may be what was asked for: mostly one, for a patronymic two."""

    words: tuple[str, ...]
    cost: float
    why: Why


@dataclass(frozen=True, slots=True)
class Slot:
    """One word asked for, or two that may be one, with what it may be, the nearest first."""

    asked: str
    choices: tuple[Choice, ...]

    def within(self, cost: float) -> tuple[tuple[str, ...], ...]:
        return tuple(choice.words for choice in self.choices if choice.cost <= cost)


type Reading = tuple[Slot, ...]
"""What was asked for, read in one way: a name answers where each slot is answered."""
type Expression = tuple[tuple[tuple[str, ...], ...], ...]
"""All of these, each of which is any of those, each of which is all of those words."""

_OF_KIND: Final = {
    Kind.WELSH: (0.15, Why.WELSH),
    Kind.NICKNAME: (0.2, Why.NICKNAME),
    Kind.VARIANT: (0.3, Why.VARIANT),
}
_LISTED: Final = frozenset({Why.WELSH, Why.NICKNAME, Why.VARIANT})
_SECOND_STEP: Final = 0.15


def likeness(asked: str, word: str) -> tuple[float, Why] | None:
    """How near a word of the register is to one asked for by its letters and sound; None where it is another word."""
    if asked == word:
        return 0.0, Why.SAME
    apart = OSA.distance(asked, word, score_cutoff=2)
    alike = sound(asked) == sound(word)
    if alike and (apart <= 2 or Indel.normalized_similarity(asked, word) >= 0.6):
        return 0.2 + 0.05 * apart, Why.SOUND
    shorter = min(len(asked), len(word))
    if apart == 1:
        return (0.3, Why.SPELT) if shorter >= 4 else (0.45, Why.SPELT)
    if apart == 2 and shorter >= 4:
        return 0.55 + (0.1 if asked[0] != word[0] else 0.0), Why.SPELT
    return None


def other_words(asked: str) -> set[str]:
    """Words that stand for one asked for whatever the register holds: its other forms, unchanged, and written apart."""
    return {word for choice in _listed(asked) for word in choice.words}


def _listed(asked: str) -> Iterator[Choice]:
    for form in forms_of(asked):
        cost, why = _OF_KIND[form.kind]
        yield Choice(form.words, cost + _SECOND_STEP * (form.steps - 1), why)
    for whole in unchanged(asked):
        yield Choice((whole,), 0.35, Why.CHANGED)
    for start in _APART:
        rest = asked.removeprefix(start)
        if rest != asked and len(rest) > 2:
            yield Choice((start, rest), _JOINED, Why.APART)
    if len(asked) > 1:
        yield Choice((asked[0],), 0.5, Why.INITIAL)


def slot_of(asked: str, known: Collection[str], parts: Iterable[str] = ()) -> Slot:
    """A word asked for. `known` are words of the register, among them all that it may be; `parts` those that begin with it or
    hold it. What no name holds is no choice.
    """
    found: dict[tuple[str, ...], Choice] = {}

    def add(choice: Choice) -> None:
        held = found.get(choice.words)
        if held is None or held.cost > choice.cost:
            found[choice.words] = choice

    for choice in _listed(asked):
        if all(word in known for word in choice.words):
            add(choice)
    for word in known:
        near = likeness(asked, word)
        if near is not None:
            add(Choice((word,), *near))
    for word in parts:
        if len(asked) == 1 and word.startswith(asked):
            add(Choice((word,), NEAR, Why.INITIAL))
        elif word.startswith(asked):
            add(Choice((word,), min(NEAR, 0.2 + 0.05 * (len(word) - len(asked))), Why.BEGINS))
        elif asked in word:
            add(Choice((word,), 0.6, Why.INSIDE))
    return Slot(asked, _bounded(found.values()))


def _bounded(choices: Collection[Choice]) -> tuple[Choice, ...]:
    """The nearest of each sort. What a list of names gives is never crowded out by what letters give."""
    ordered = sorted(choices, key=lambda choice: choice.cost)
    listed = [choice for choice in ordered if choice.why in _LISTED]
    near = [choice for choice in ordered if choice.cost <= NEAR and choice.why not in _LISTED]
    far = [choice for choice in ordered if choice.cost > NEAR and choice.why not in _LISTED]
    kept = (*listed[:MOST_LISTED], *near[:MOST_NEAR], *far[:MOST_FAR])
    return tuple(sorted(kept, key=lambda choice: choice.cost))


def joined(first: str, second: str, known: Collection[str]) -> Slot | None:
    """Two words asked for side by side as one name: o brien, ann marie, ap rhys. None where no name is written so."""
    forms = [Choice(form.words, *_OF_KIND[form.kind]) for form in forms_of(f"{first} {second}")]
    made = [Choice((first + second,), _JOINED, Why.APART), *forms]
    choices = tuple(choice for choice in made if all(word in known for word in choice.words))
    return Slot(f"{first} {second}", choices) if choices else None


def words_joined(words: Sequence[str]) -> set[str]:
    """Words that two side by side may be as one."""
    found = set()
    for first, second in pairwise(words):
        found |= {first + second, *(word for form in forms_of(f"{first} {second}") for word in form.words)}
    return found


def readings(words: Sequence[str], slots: Sequence[Slot], known: Collection[str]) -> list[Reading]:
    """Every way to read the words that some name could answer: each for itself, without "son of", two side by side as one."""
    needed = tuple(slot for slot in slots if slot.asked not in PATRONYMICS) or tuple(slots)
    found: list[Reading] = [needed]
    for at in range(len(words) - 1):
        pair = joined(words[at], words[at + 1], known)
        if pair is not None:
            found.append((*slots[:at], pair, *slots[at + 2 :]))
    return found


def expression(reading: Reading, cost: float, most: int = MOST_LISTED + MOST_NEAR + MOST_FAR) -> Expression | None:
    """What a name must hold to answer within a cost at each word; None where a word can be answered by nothing."""
    made = tuple(slot.within(cost)[:most] for slot in reading)
    return made if made and all(made) else None


def one_word_off(reading: Reading, cost: float, most: int) -> Iterator[Expression]:
    """The words as asked for but one, which is another one within the cost."""
    typed = [slot.within(0.0) for slot in reading]
    for at, slot in enumerate(reading):
        other = tuple(words for words in slot.within(cost)[:most] if words not in typed[at])
        rest = (*typed[:at], *typed[at + 1 :])
        if other and all(rest):
            yield (other, *rest)


def without_one(reading: Reading, cost: float, most: int) -> Iterator[Expression]:
    """All words but one: what the register does not hold may be what somebody made up."""
    if len(reading) > 1:
        for at in range(len(reading)):
            made = expression(reading[:at] + reading[at + 1 :], cost, most)
            if made is not None:
                yield made
