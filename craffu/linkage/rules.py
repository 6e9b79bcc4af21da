"""Which records are one person: what a pair's probability decides, who comes of the links, and what undoing one leaves (IDN).

Pure, and a reading of the links as they stand: nothing is written here, so a link taken away leaves what stood before it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from math import inf, nextafter
from typing import Any, Final, NamedTuple


@dataclass(frozen=True, slots=True)
class Value:
    """What one source record says, and when it was recorded."""

    value: str = field(repr=False)
    source: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Preferred:
    """The value to show with the record it came from, and how many are kept beside it and with it."""

    shown: str = field(repr=False)
    provenance: str
    all_kept: int


def prefer(values: Collection[Value]) -> Preferred | None:
    """The newest value that says anything (IDN-01); of one instant that of the last source by name. None where none does."""
    said = [one for one in values if one.value]
    if not said:
        return None
    newest = max(said, key=lambda one: (one.recorded_at, one.source))
    return Preferred(newest.value, newest.source, len(values))


class Decision(StrEnum):
    """What becomes of a pair of records."""

    LINK = "link"
    CLERICAL = "clerical"
    NO_LINK = "no_link"


class Human(StrEnum):
    """What a person has decided about a pair."""

    SAME = "same"
    NOT_SAME = "not_same"


class Harm(IntEnum):
    """How much harm a wrong word about a pair would do, the most last."""

    NO_CASE = 0
    IN_A_CASE = 1
    # An order that stands, or a record that is restricted: somebody is bound, protected or in hiding.
    PROTECTED = 2


class Role(StrEnum):
    """The parts in a case that are never joined without a person."""

    VICTIM = "victim"
    SUSPECT = "suspect"


class Why(StrEnum):
    """Why a pair is linked, left apart or sent to a person."""

    AUTO = "auto"
    BETWEEN_THRESHOLDS = "between_thresholds"
    BELOW_CLERICAL = "below_clerical"
    IDENTIFIERS_CONFLICT = "identifiers_conflict"
    VICTIM_AND_SUSPECT_ROLES = "victim_and_suspect_roles"
    NAMED_APART = "named_apart"
    HUMAN_DECISION = "human_decision"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability pairs link by themselves, and from which a person looks: `link.auto`, `link.clerical`."""

    auto: float = 0.99
    clerical: float = 0.50


USUAL: Final = Thresholds()


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of a pair and why."""

    decision: Decision
    why: Why


_OF_PEOPLE: Final = {Human.SAME: Decision.LINK, Human.NOT_SAME: Decision.NO_LINK}
_KEPT_APART: Final = frozenset(Role)


def decide(
    probability: float,
    thresholds: Thresholds = USUAL,
    *,
    hard_id_conflict: bool = False,
    human: Human | None = None,
    roles: Iterable[str | None] = (),
    named_apart: bool = False,
) -> Decided:
    """What becomes of a pair (IDN-02): a person's word first (IDN-04); what is unlikely is simply not linked; a conflict of hard
    identifiers, a victim with a suspect (IDN-05), or two whom one source names apart in one case, goes to a person at any
    probability.
    """
    if human is not None:
        return Decided(_OF_PEOPLE[human], Why.HUMAN_DECISION)
    if probability < thresholds.clerical:
        return Decided(Decision.NO_LINK, Why.BELOW_CLERICAL)
    holds = {
        Why.IDENTIFIERS_CONFLICT: hard_id_conflict,
        Why.VICTIM_AND_SUSPECT_ROLES: _KEPT_APART.issubset(roles),
        Why.NAMED_APART: named_apart,
        Why.BETWEEN_THRESHOLDS: probability < thresholds.auto,
    }
    for why, is_so in holds.items():
        if is_so:
            return Decided(Decision.CLERICAL, why)
    return Decided(Decision.LINK, Why.AUTO)


# How often automatic links must be right.
LEAST_PRECISION: Final = 0.995


def automatic_from(judged: Iterable[tuple[float, bool]], auto: float = USUAL.auto) -> float:
    """The lowest threshold, no lower than `auto`, at and above which the judged pairs were right often enough (IDN-02).

    Each pair is its probability and whether people found it to be one person. Above the last pair nothing is wrong, so there
    always is an answer; where that lies above 1, nothing links by itself.
    """
    above = sorted(pair for pair in judged if pair[0] >= auto)
    right = sum(is_same for _, is_same in above)
    threshold, below = auto, -inf
    for at, (probability, is_same) in enumerate(above):
        if probability > below and right >= LEAST_PRECISION * (len(above) - at):
            return threshold if at == 0 else probability
        right -= is_same
        below, threshold = probability, nextafter(probability, inf)
    return threshold


class Link(NamedTuple):
    """Two records that are one person, by a person's word or with a probability."""

    left: Any
    right: Any
    probability: float = 1.0
    is_by_person: bool = False


class Held(NamedTuple):
    """A link that waits for a person because it would join records held apart, and why; `apart` names two such records."""

    link: Link
    why: Why
    apart: tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Clusters:
    """Each person as the records that are theirs, and the links refused, both in order."""

    persons: list[list[Any]]
    held: list[Held]


def cluster(
    records: Iterable[Any],
    links: Iterable[Link],
    *,
    not_same: Iterable[tuple[Any, Any]] = (),
    identifiers: Mapping[Any, Mapping[str, Collection[str]]] | None = None,
    roles: Mapping[Any, Collection[str]] | None = None,
    named: Mapping[Any, Mapping[str, str]] | None = None,
) -> Clusters:
    """The persons that come of the links, the strongest taken first and a person's word before any (IDN-04).

    A link is refused where it would join, by any chain, two records that a person holds apart; unless a person made it, also
    where it would join a victim and a suspect, records with hard identifiers of one kind and none in common, or records that
    one source names apart in one case. Whoever joins two persons by hand says so of every pair concerned. The order in which
    records and links are given changes nothing.
    Raises ValueError for a link of a record that is not among them.
    """
    joined = _Joined(records, not_same, identifiers or {}, roles or {}, named or {})
    held = []
    for link in sorted(links, key=_strongest_first):
        left, right = joined.first_of(link.left), joined.first_of(link.right)
        if left == right:
            continue
        refusal = joined.why_apart(left, right, is_by_person=link.is_by_person)
        if refusal is None:
            joined.join(left, right)
        else:
            held.append(Held(link, *refusal))
    return Clusters(joined.persons(), held)


def cluster_more(
    before: Clusters,
    links: Sequence[Link],
    more: Sequence[Link],
    *,
    identifiers: Mapping[Any, Mapping[str, Collection[str]]],
) -> Clusters:
    """What `cluster` makes of all these links, where `before` is what it made of those that are no news.

    What becomes of a record hangs on the links that reach it, refused ones too, so only the persons that news can reach are made
    anew.
    """
    first_of = {record: person[0] for person in before.persons for record in person}
    reached = {first_of.get(end, end) for link in more for end in link[:2]}
    ends = [{first_of[held.link.left], first_of[held.link.right]} for held in before.held]
    while further := [two for two in ends if len(two & reached) == 1]:
        reached.update(*further)
    again = [link for link in links if first_of[link.left] in reached]
    records = {end for link in (*again, *more) for end in link[:2]}
    made = cluster(
        records,
        [*again, *more],
        identifiers={record: identifiers[record] for record in records & identifiers.keys()},
    )
    persons = [person for person in before.persons if person[0] not in reached]
    held = [one for one in before.held if first_of[one.link.left] not in reached]
    return Clusters(
        sorted([*persons, *made.persons], key=_first),
        sorted([*held, *made.held], key=lambda one: _strongest_first(one.link)),
    )


def _first(person: Sequence[Any]) -> Any:
    return person[0]


def _strongest_first(link: Link) -> tuple[bool, float, Any, Any, Any]:
    low, high = _in_order(link.left, link.right)
    return not link.is_by_person, -link.probability, low, high, link.left


type _Apart = tuple[Why, tuple[Any, Any]]
# By kind, each value with a record that has it.
type _Values = Mapping[str, Mapping[str, Any]]


class _Joined:
    """Records joined so far: each joined set is known by one of its records and knows the sets it may not meet."""

    def __init__(
        self,
        records: Iterable[Any],
        not_same: Iterable[tuple[Any, Any]],
        identifiers: Mapping[Any, Mapping[str, Collection[str]]],
        roles: Mapping[Any, Collection[str]],
        named: Mapping[Any, Mapping[str, str]],
    ) -> None:
        self._up = {record: record for record in records}
        self._size: dict[Any, int] = {}
        # Per set, the sets it may not meet, with the two records that a person holds apart.
        self._apart: dict[Any, dict[Any, tuple[Any, Any]]] = {}
        for left, right in not_same:
            if left in self._up and right in self._up and left != right:
                self._apart.setdefault(left, {})[right] = _in_order(left, right)
                self._apart.setdefault(right, {})[left] = _in_order(left, right)
        # Per set, each role and each identifier with a record that has it.
        self._roles = {
            record: {role: record for role in several if role in _KEPT_APART} for record, several in roles.items()
        }
        self._identifiers = {
            record: {kind: dict.fromkeys(values, record) for kind, values in kinds.items() if values}
            for record, kinds in identifiers.items()
        }
        self._named = {
            record: {case: {name: record} for case, name in cases.items()} for record, cases in named.items() if cases
        }

    def first_of(self, record: Any) -> Any:
        """The record by which the set of another is known."""
        up = self._up
        if record not in up:
            raise ValueError("a link names a record that is not there")
        while up[record] != record:
            up[record] = record = up[up[record]]
        return record

    def why_apart(self, left: Any, right: Any, *, is_by_person: bool) -> _Apart | None:
        """Why two sets may not be joined, and two of their records to show for it."""
        pair = self._apart.get(left, {}).get(right)
        if pair is not None:
            return Why.HUMAN_DECISION, pair
        if is_by_person:
            return None
        return (
            _conflict(self._identifiers.get(left, {}), self._identifiers.get(right, {}), Why.IDENTIFIERS_CONFLICT)
            or self._two_roles(left, right)
            or _conflict(self._named.get(left, {}), self._named.get(right, {}), Why.NAMED_APART)
        )

    def _two_roles(self, left: Any, right: Any) -> _Apart | None:
        of_left, of_right = self._roles.get(left, {}), self._roles.get(right, {})
        for one, other in ((of_left, of_right), (of_right, of_left)):
            if Role.VICTIM in one and Role.SUSPECT in other:
                return Why.VICTIM_AND_SUSPECT_ROLES, _in_order(one[Role.VICTIM], other[Role.SUSPECT])
        return None

    def join(self, left: Any, right: Any) -> None:
        """Make one set of two: the smaller becomes part of the larger, so that each record moves few times."""
        big, small = (left, right) if self._weight(left) >= self._weight(right) else (right, left)
        self._up[small] = big
        self._size[big] = self._size.get(big, 1) + self._size.pop(small, 1)
        for other, pair in self._apart.pop(small, {}).items():
            del self._apart[other][small]
            shown = min(pair, self._apart.setdefault(big, {}).get(other, pair))
            self._apart[big][other] = self._apart[other][big] = shown
        _take_in(self._roles.pop(small, {}), self._roles.setdefault(big, {}))
        for held in (self._identifiers, self._named):
            for kind, values in held.pop(small, {}).items():
                _take_in(values, held.setdefault(big, {}).setdefault(kind, {}))

    def _weight(self, one: Any) -> int:
        return self._size.get(one, 1) + len(self._apart.get(one, ()))

    def persons(self) -> list[list[Any]]:
        found: dict[Any, list[Any]] = {}
        for record in sorted(self._up):
            found.setdefault(self.first_of(record), []).append(record)
        return list(found.values())


def _conflict(left: _Values, right: _Values, why: Why) -> _Apart | None:
    """Two records, one of each set, that have something of one kind, and none in common with the other set's."""
    for kind in sorted(left.keys() & right.keys()):
        if left[kind].keys().isdisjoint(right[kind]):
            return why, _in_order(min(left[kind].values()), min(right[kind].values()))
    return None


def _take_in(some: Mapping[Any, Any], whole: dict[Any, Any]) -> None:
    """Add what some records have to what others have; of two records that have the same, the first is named."""
    for what, record in some.items():
        whole[what] = min(record, whole.get(what, record))


def _in_order(one: Any, other: Any) -> tuple[Any, Any]:
    return (one, other) if one <= other else (other, one)


class Act(StrEnum):
    """What can be done to persons, and undone."""

    MERGE = "merge"
    UNMERGE = "unmerge"


# The verb of the log (SEC-04) for each.
AUDITED_AS: Final = {Act.MERGE: "combination", Act.UNMERGE: "combination"}


@dataclass(frozen=True, slots=True)
class Undone:
    """The persons before a link and without it, how many source records that changed, and what the log says of both acts."""

    before: list[list[Any]]
    after: list[list[Any]]
    source_records_changed: int
    audit: list[str]


def undo(
    records: Sequence[Any], links: Sequence[Link], undone: tuple[Any, Any], *, not_same: Iterable[tuple[Any, Any]] = ()
) -> Undone:
    """What taking one link away leaves (IDN-03): a person stays whole where other links still join their records."""
    apart = list(not_same)
    left = [link for link in links if {link.left, link.right} != set(undone)]
    before, after = (cluster(records, some, not_same=apart).persons for some in (links, left))
    changed = {record for person in before for record in person} ^ {record for person in after for record in person}
    return Undone(before, after, len(changed), [AUDITED_AS[Act.MERGE], AUDITED_AS[Act.UNMERGE]])
