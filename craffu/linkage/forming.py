"""How pairs stand by all that was said of them, and which person each set of records is (IDN-01, IDN-03, IDN-04).

Pure. Which person a set is follows from the set alone, so that joining and parting again gives back what there was.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from craffu.linkage.rules import Decided, Decision, Human, Link, Role, Thresholds, Why, decide

type Ends = tuple[int, int]

UNSCORED: Final = Decided(Decision.CLERICAL, Why.BETWEEN_THRESHOLDS)
type Identifiers = Mapping[int, Mapping[str, Collection[str]]]


class Word(StrEnum):
    """What a person says of a pair. Keys are stored."""

    SAME = "same"
    NOT_SAME = "not_same"
    CANNOT_TELL = "cannot_tell"
    TAKEN_BACK = "taken_back"


# The words that decide; the others leave the pair to the model, or to somebody else.
DECIDES: Final = {Word.SAME: Human.SAME, Word.NOT_SAME: Human.NOT_SAME}


class Scope(StrEnum):
    """How far a word goes. Keys are stored."""

    # These two records, and whatever other links join them to others.
    RECORDS = "records"
    # Every record that is now held to be either person's.
    PERSONS = "persons"


def standing(words: Sequence[tuple[Word, bool]]) -> int | None:
    """Which of the words about a pair stands, by its place; None where none does. Each says whether it counts.

    A word that takes back lets the one before it stand again (IDN-03); one that does not count yet changes nothing.
    """
    stack: list[int] = []
    for place, (word, counts) in enumerate(words):
        if not counts:
            continue
        if word is not Word.TAKEN_BACK:
            stack.append(place)
        elif stack:
            stack.pop()
    return stack[-1] if stack else None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of records beside what they say: hard identifiers, by kind, whose part they have in cases, and as whom each
    case's source names them there.
    """

    identifiers: Identifiers
    roles: Mapping[int, Collection[Role]]
    named: Mapping[int, Mapping[str, str]]

    def named_apart(self, left: int, right: int) -> bool:
        """Whether a source names them in one case as two."""
        ours, theirs = self.named.get(left, {}), self.named.get(right, {})
        return any(ours[case] != theirs[case] for case in ours.keys() & theirs.keys())

    def conflict(self, left: int, right: int) -> bool:
        """Whether both have hard identifiers of one kind, and none in common."""
        return bool(self.conflicts(left, right))

    def conflicts(self, left: int, right: int) -> list[str]:
        """The kinds of hard identifiers that both have and of which they have none in common."""
        ours, theirs = self.identifiers.get(left, {}), self.identifiers.get(right, {})
        return [kind for kind in sorted(ours.keys() & theirs.keys()) if set(ours[kind]).isdisjoint(theirs[kind])]

    def meets(self, left: int, right: int) -> tuple[Role, ...]:
        """Both parts, where one is a victim's record and the other a suspect's (IDN-05)."""
        ours, theirs = self.roles.get(left, ()), self.roles.get(right, ())
        both = (Role.VICTIM, Role.SUSPECT)
        meet = any(one in ours and other in theirs for one, other in (both, both[::-1]))
        return both if meet else ()


def stands(ends: Ends, human: Human | None, probability: float | None, thresholds: Thresholds, known: Known) -> Decided:
    """How a pair stands: by the last word of people, else by the model; where neither said anything a person is asked."""
    if human is None and probability is None:
        return UNSCORED
    left, right = ends
    return decide(
        probability or 0.0,
        thresholds,
        hard_id_conflict=known.conflict(left, right),
        human=human,
        roles=known.meets(left, right),
        named_apart=known.named_apart(left, right),
    )


def links_of(pairs: Iterable[tuple[Ends, Decided, float | None]]) -> Iterator[Link]:
    """The links among pairs as they stand."""
    for (left, right), decided, probability in pairs:
        if decided.decision is Decision.LINK:
            by_person = decided.why is Why.HUMAN_DECISION
            yield Link(left, right, 1.0 if by_person or probability is None else probability, by_person)


def held_apart(pairs: Iterable[tuple[Ends, Decided, float | None]]) -> set[Ends]:
    """The pairs of which people say that they are not one person."""
    return {
        ends for ends, decided, _ in pairs if decided.decision is Decision.NO_LINK and decided.why is Why.HUMAN_DECISION
    }


def given_links(first: Mapping[int, int], home: Mapping[int, int], apart: Collection[Ends]) -> list[Link]:
    """Links that were given with a record: whoever sent it, or typed it, said whose it is.

    `home` is the person that each record came in with, `first` the record that each person was made for.
    """
    found = []
    for record, person in sorted(home.items()):
        other = first[person]
        if other != record and other in home and (min(other, record), max(other, record)) not in apart:
            found.append(Link(min(other, record), max(other, record), 1.0, is_by_person=True))
    return found


def persons_of(clusters: Iterable[Sequence[int]], first: Mapping[int, int]) -> list[tuple[int | None, list[int]]]:
    """Each set of records with the person it is: the one known longest that was made for one of them, None where none was.

    `first` is the record that each person was made for.
    """
    made_for: dict[int, int] = {}
    for person, record in first.items():
        made_for[record] = min(person, made_for.get(record, person))
    found: list[tuple[int | None, list[int]]] = []
    for records in clusters:
        known = [made_for[record] for record in records if record in made_for]
        found.append((min(known, default=None), sorted(records)))
    return found


def moves(
    persons: Iterable[tuple[int | None, Sequence[int]]], now: Mapping[int, int]
) -> list[tuple[int | None, list[int]]]:
    """The records that are to become another person's than they are `now`, by that person; None is one not made yet."""
    found = []
    for person, records in persons:
        changed = [record for record in records if person is None or now.get(record) != person]
        if changed:
            found.append((person, changed))
    return found


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that was for a while another person's than it came in as: since when, and until when."""

    record: int
    person: int
    since: datetime
    until: datetime

    def covers(self, at: datetime) -> bool:
        return self.since <= at < self.until


def broken_links(belonged: Iterable[tuple[int, int, datetime]]) -> list[Broken]:
    """What was joined and parted again: each time a record became a person's, in order, gives what came between (IDN-03).

    What was begun meanwhile may have relied on a link that does not stand.
    """
    of: dict[int, list[tuple[int, datetime]]] = {}
    for record, person, at in belonged:
        of.setdefault(record, []).append((person, at))
    return [
        Broken(record, person, since, until)
        for record, times in of.items()
        for (person, since), (_next, until) in pairwise(times)
        if person != times[0][0]
    ]
