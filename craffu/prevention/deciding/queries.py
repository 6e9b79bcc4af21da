"""Reads of what was decided: on one person's priority, of everybody's in order, and what waits for a second person."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from craffu.access.acting import Acting
from craffu.common.edits import version_of
from craffu.people.models import Person
from craffu.people.queries import shells_of
from craffu.prevention.deciding.rules import Said, counts_on
from craffu.prevention.models import PriorityDecided, ScoreChallenged, ScoreKept


@dataclass(frozen=True, slots=True)
class Decided:
    """All that was decided of one person's priority, the newest last, and every score that changed it."""

    kept: tuple[ScoreKept, ...] = ()
    decisions: tuple[PriorityDecided, ...] = ()
    challenges: tuple[ScoreChallenged, ...] = ()

    @property
    def version(self) -> str:
        """As somebody sees it who decides: another score or decision is another version."""
        awaits = self.awaits
        waits = [one.pk for one in self.challenges if is_open(one)]
        return version_of(
            self.kept[-1].pk if self.kept else None,
            self.decisions[-1].pk if self.decisions else None,
            *(one.pk for one in self.challenges[-1:]), *waits, awaits.pk if awaits else None,
        )  # fmt: skip

    @property
    def awaits(self) -> PriorityDecided | None:
        """Another priority to which nobody has agreed yet; the newest, where records that were joined brought another with them,
        or brought a later decision.
        """
        waits = (one for one in reversed(self.decisions) if one.said == Said.OTHER and not hasattr(one, "agreed"))
        return next(waits, None)

    @property
    def is_looked_at(self) -> bool:
        """Whether a person has decided since the score that stands came (PRI-04)."""
        return bool(self.kept) and any(one.kept_id == self.kept[-1].pk for one in self.decisions)

    def other_on(self, on: date) -> PriorityDecided | None:
        """The other priority that counts on a day."""
        return counting(self.decisions, on)

    @property
    def next_number(self) -> int:
        """Of the next decision."""
        return max((one.number for one in self.decisions), default=0) + 1

    def challenge(self, number: int) -> ScoreChallenged | None:
        return next((one for one in self.challenges if one.number == number), None)


def is_open(one: ScoreChallenged) -> bool:
    return not hasattr(one, "answered")


def counting(decisions: Collection[PriorityDecided], on: date) -> PriorityDecided | None:
    """Of somebody's decisions, oldest first, the other priority that counts: one that nobody has agreed to changes nothing."""
    found = None
    for one in decisions:
        if one.said == Said.STANDS:
            found = None
        elif counts_on(one.until, on, agreed=_is_agreed(one)):
            found = one
    return found


def _is_agreed(one: PriorityDecided) -> bool:
    agreed = getattr(one, "agreed", None)
    return agreed is not None and agreed.agrees


def decided_of(by: Acting, person: Person) -> Decided:
    """Six queries at most."""
    return decided_among(by, {person.pk}).get(person.pk, Decided())


def decided_among(by: Acting, people: Collection[int]) -> dict[int, Decided]:
    """What was decided of each of these, and of their priority also while they were known as somebody else who has no record
    any more (IDN-06). Six queries at most, however many they are.
    """
    wanted = {"person__one_of": frozenset(people)}
    known_as = shells_of(by, people)
    kept: dict[int, list[ScoreKept]] = defaultdict(list)
    for score in ScoreKept.objects.for_user(by).filter(**wanted).select_related("run").order_by("id"):
        kept[score.person_id].append(score)
    decisions: dict[int, list[PriorityDecided]] = defaultdict(list)
    ever = PriorityDecided.objects.for_user(by).filter(person__one_of=frozenset({*people, *known_as}))
    for decision in ever.select_related("by", "kept", "agreed", "agreed__by").order_by("id"):
        decisions[known_as.get(decision.person_id, decision.person_id)].append(decision)
    challenges: dict[int, list[ScoreChallenged]] = defaultdict(list)
    several = ScoreChallenged.objects.for_user(by).filter(**wanted).select_related("by", "answered", "answered__by")
    for challenge in several.prefetch_related("answered__aside").order_by("id"):
        challenges[challenge.person_id].append(challenge)
    return {
        one: Decided(tuple(kept[one]), tuple(decisions[one]), tuple(challenges[one]))
        for one in {*kept, *decisions, *challenges}
    }
