"""Why two records are or are not one person: by which links, or what keeps them apart, each where it can be looked up (IDN-04).

It answers of two records, of two persons by the pair of their records that decides most, and of a pair by its reference.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.cases.queries import parts_played
from craffu.intake.linking.asked import Asked, asked, asked_about
from craffu.intake.linking.weighing_now import Weighing, found_by, weigh_now
from craffu.linkage.forming import Ends
from craffu.linkage.models import PairDecided
from craffu.linkage.permissions import check_can_ask_why
from craffu.linkage.queries import PairStory, find_pair, thresholds_in_use
from craffu.linkage.rules import Decided, Decision, Held, Link, Thresholds, Why
from craffu.linkage.standing import Together, as_they_stand
from craffu.people.queries import (
    record_names,
)


class Because(StrEnum):
    """What decides that two are or are not one person, beside what decides of a pair (`Why`)."""

    # Other records join them, though no link does so directly.
    BY_WAY_OF_OTHERS = "by_way_of_others"
    # Whoever sent or typed the one said whose it is.
    CAME_AS_ONE = "came_as_one"
    # A link of theirs is held, because of what it would join.
    HELD = "held"
    NEVER_COMPARED = "never_compared"


@dataclass(frozen=True, slots=True)
class Step:
    """A link by the way: the pair it is of, None where it came with the record."""

    pair: str | None
    why: str
    probability: float


@dataclass(frozen=True, slots=True)
class Apart:
    """Two records that a held link would join, and why they may not meet."""

    why: Why
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """The answer. Where a person's word decides, `decided` is it; `way` is how other records join them."""

    left: Asked
    right: Asked
    is_one: bool
    because: str
    pair: str | None
    stands: str | None
    weighing: Weighing | None
    thresholds: Thresholds
    decided: PairDecided | None
    held: Apart | None
    # What would hold a link between those who are not one, though there is none.
    would_hold: Apart | None
    # What keeps them apart whatever a model says: kinds of numbers that differ, and a victim's part with a suspect's.
    numbers_differ: tuple[str, ...]
    roles_meet: bool
    way: tuple[Step, ...]
    # All that pairs are looked for by and that they agree on; where it is nothing, no run ever compares them.
    found_by: tuple[str, ...]
    # Everything that was looked up to say so, for the log.
    refs: tuple[str, ...]


def explain(by: Acting, left: str, right: str) -> Explained:
    """Why two are or are not one person. Each is a record as `source/key`, or a person by their reference.

    Raises NotPermitted for whoever may not ask or where there is no such record for them, NotNow for one and the same.
    """
    check_can_ask_why(by)
    return _explained(by, *asked_about(by, left, right))


def explain_pair(by: Acting, reference: str) -> Explained:
    """The same of a pair's two records."""
    check_can_ask_why(by)
    pair = check_is_there(find_pair(by, reference))
    names = record_names(by, (pair.left_id, pair.right_id))
    left, right = (asked(by, names[record], (record,)) for record in (pair.left_id, pair.right_id))
    return _explained(by, left, right)


type Between = tuple[PairStory, Decided]


def _explained(by: Acting, left: Asked, right: Asked) -> Explained:
    ours, theirs = set(left.records), set(right.records)
    there = as_they_stand(by, ours | theirs, parts_played)
    between = [
        (story, decided)
        for story, (_ends, decided, _probability) in zip(there.stories, there.decided, strict=True)
        if len(ours & set(story.ends)) == len(theirs & set(story.ends)) == 1
    ]
    is_one = left.person == right.person
    first = max(between, key=lambda one: _says_most(one, there.held, is_one=is_one), default=None)
    way = there.way(ours, theirs) if is_one else []
    ends = first[0].ends if first else (min(left.records[0], right.records[0]), max(left.records[0], right.records[0]))
    held = there.held.get(ends)
    would_hold = None if is_one or held else there.would_hold(ends)
    scored = first[0].explained if first else None
    known = there.known
    return Explained(
        left, right, is_one, _because(first, held, way, is_one=is_one),
        pair=first[0].pair.reference if first else None,
        stands=first[1].decision.value if first else None,
        weighing=Weighing.kept(scored) if scored else weigh_now(by, ends),
        thresholds=thresholds_in_use(by),
        decided=first[0].standing if first else None,
        held=_apart(by, held) if held else None,
        would_hold=_apart(by, would_hold) if would_hold else None,
        numbers_differ=tuple(known.conflicts(*ends)),
        roles_meet=bool(known.meets(*ends)),
        way=tuple(_steps(way, there.stories)),
        found_by=tuple(found_by(by, ends)),
        refs=_refs(left, right, between, way, there),
    )  # fmt: skip


def _says_most(one: Between, held: Mapping[Ends, Held], *, is_one: bool) -> tuple[bool, bool, bool, float]:
    """Of several pairs: one that links where they are one; else a person's word, then a link held, then the most probable."""
    story, decided = one
    links = decided.decision is Decision.LINK and story.ends not in held
    by_person = decided.why is Why.HUMAN_DECISION
    return is_one and links, by_person, story.ends in held, story.probability or 0.0


def _because(first: Between | None, held: Held | None, way: Sequence[Link], *, is_one: bool) -> str:
    if is_one:
        if first and first[1].decision is Decision.LINK and held is None:
            return first[1].why.value
        return (Because.BY_WAY_OF_OTHERS if len(way) > 1 else Because.CAME_AS_ONE).value
    if first is None:
        return Because.NEVER_COMPARED.value
    return Because.HELD.value if held else first[1].why.value


def _apart(by: Acting, held: Held) -> Apart:
    names = record_names(by, held.apart)
    return Apart(held.why, tuple(names[one] for one in held.apart))


def _steps(way: Sequence[Link], stories: Sequence[PairStory]) -> Iterator[Step]:
    pairs = {one.ends: one for one in stories}
    for link in way:
        story = pairs.get((link.left, link.right))
        given = story is None or story.pair.stands != Decision.LINK
        yield Step(
            None if given or story is None else story.pair.reference,
            Because.CAME_AS_ONE.value if given or story is None else story.pair.why,
            link.probability,
        )


def _refs(
    left: Asked, right: Asked, between: Sequence[Between], way: Sequence[Link], there: Together
) -> tuple[str, ...]:
    on_the_way = {(link.left, link.right) for link in way}
    pairs = [story for story, _decided in between]
    pairs += [story for story in there.stories if story.ends in on_the_way]
    named = {*(f"pair/{one.pair.reference}" for one in pairs), f"person/{left.person}", f"person/{right.person}"}
    return tuple(sorted(named))
