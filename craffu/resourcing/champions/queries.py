"""Who is a Stalking Champion on a day, who is there at an instant, and which shifts had one (RES-01, RES-02; MET32).

Plain questions to what the system of staff said last and to the versions that the force accepts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, end_of, start_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.languages import has_every_word
from craffu.resourcing.champions.rules import (
    Accepted,
    Champion,
    Coverage,
    Place,
    Slot,
    Training,
    coverage,
    nearest_first,
    slot_of,
    standing,
)
from craffu.resourcing.models import (
    AimDecided,
    ChampionNamed,
    Post,
    PostHeld,
    Station,
    StationShift,
    Trained,
    TurnOfDuty,
    VersionAccepted,
    VersionWithdrawn,
)
from craffu.resourcing.posts.rules import Span
from craffu.resourcing.staff.kinds import Duty, Lesson, Shift
from craffu.resourcing.staff.queries import last_said

# A turn that began in a shift of one day may have begun on the next.
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a programme as it stands: accepted, perhaps withdrawn, and what was decided of each learning aim."""

    accepted: VersionAccepted
    withdrawn: VersionWithdrawn | None
    aims: Mapping[str, AimDecided]

    @property
    def counts(self) -> Accepted:
        one = self.accepted
        return Accepted(one.programme, one.version, one.first_day, self.withdrawn.last_day if self.withdrawn else None)


def find_version(by: Acting, number: int) -> VersionAccepted | None:
    found: VersionAccepted | None = VersionAccepted.objects.for_user(by).filter(pk=number).first()
    return found


def versions_of(by: Acting) -> list[Version]:
    """Every version that was ever accepted, the last first. Three queries."""
    rows = VersionAccepted.objects.for_user(by).select_related("by").order_by("-first_day", "-id")
    ended = {one.accepted_id: one for one in VersionWithdrawn.objects.for_user(by).select_related("by")}
    aims: dict[int, dict[str, AimDecided]] = defaultdict(dict)
    for one in AimDecided.objects.for_user(by).select_related("by").order_by("id"):
        aims[one.accepted_id][one.aim] = one
    return [Version(row, ended.get(row.pk), aims[row.pk]) for row in rows]


def versions_answering(versions: Iterable[Version], words: str) -> list[Version]:
    """Of these the ones in which every word stands: in the version's name, why it was accepted or ended, or what it teaches."""
    return [one for one in versions if has_every_word(words, _texts(one))]


def _texts(version: Version) -> Iterator[str]:
    one = version.accepted
    yield from (one.programme, one.version, one.reason, version.withdrawn.reason if version.withdrawn else "")
    for aim in version.aims.values():
        yield from (aim.module, aim.reason)


def accepted_versions(by: Acting) -> list[Accepted]:
    """From when to when which version counts. Two queries."""
    ended = dict(VersionWithdrawn.objects.for_user(by).values_list("accepted_id", "last_day"))
    rows = VersionAccepted.objects.for_user(by).order_by("id")
    return [Accepted(one.programme, one.version, one.first_day, ended.get(one.pk)) for one in rows]


@dataclass(frozen=True)
class Roll:
    """Everybody who was ever named a champion, with when, their training, and the versions that count."""

    named: Mapping[str, Sequence[ChampionNamed]]
    trained: Mapping[str, Sequence[Training]]
    accepted: Sequence[Accepted]
    _stood: dict[tuple[str, date], Champion] = field(default_factory=dict, repr=False)

    def is_named(self, who: str, on: date) -> bool:
        return any(Span(one.named_on, one.ended_on).holds(on) for one in self.named.get(who, ()))

    def standing(self, who: str, on: date) -> Champion:
        if (who, on) not in self._stood:
            self._stood[who, on] = standing(self.trained.get(who, ()), self.accepted, on)
        return self._stood[who, on]

    def is_current(self, who: str, on: date) -> bool:
        """RES-01: named alone, untrained or lapsed is not a champion in any count."""
        return self.is_named(who, on) and self.standing(who, on).current


def roll_of(by: Acting) -> Roll:
    """Four queries."""
    named: dict[str, list[ChampionNamed]] = defaultdict(list)
    for one in last_said(ChampionNamed.objects.for_user(by)):
        named[one.staff_ref].append(one)
    trained: dict[str, list[Training]] = defaultdict(list)
    for row in last_said(Trained.objects.for_user(by).filter(staff_ref__one_of=frozenset(named))):
        lesson = row.lesson == Lesson.CONTINUING
        trained[row.staff_ref].append(Training(row.programme, row.version, lesson, row.trained_on))
    return Roll(named, trained, accepted_versions(by))


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A shift that a station is to have, and which current champions had a turn in it, by what became of the turn."""

    station: str
    shift: Shift
    slot: Slot
    champions: Mapping[Duty, frozenset[str]]

    @property
    def on_duty(self) -> frozenset[str]:
        return self.champions.get(Duty.ON_DUTY, frozenset())

    @property
    def rostered(self) -> frozenset[str]:
        return self.champions.get(Duty.ROSTERED, frozenset())

    @property
    def on_call(self) -> frozenset[str]:
        return self.champions.get(Duty.ON_CALL, frozenset())

    @property
    def by_on_call_alone(self) -> bool:
        return bool(self.on_call) and not self.on_duty


def scheduled(by: Acting, roll: Roll, first: date, last: date) -> list[Scheduled]:
    """The shifts that stations are to have in a period and that were not called off, by station and time. Two queries.

    A turn counts for whoever was a current champion on the London day on which it began.
    """
    begins, ends = start_of(first), end_of(last)
    rows = StationShift.objects.for_user(by).filter(starts_at__gte=begins, starts_at__lt=ends)
    shifts = {(one.station, one.starts_at): one for one in last_said(rows)}
    of: dict[str, list[StationShift]] = defaultdict(list)
    for _, one in sorted(shifts.items()):
        if not one.called_off:
            of[one.station].append(one)
    slots = {station: [Slot(one.starts_at, one.ends_at) for one in several] for station, several in of.items()}
    there: dict[tuple[str, int], dict[Duty, set[str]]] = defaultdict(lambda: defaultdict(set))
    turns = TurnOfDuty.objects.for_user(by).filter(
        staff_ref__one_of=frozenset(roll.named), starts_at__gte=begins, starts_at__lt=ends + _A_DAY
    )
    for turn in last_said(turns):
        place = slot_of(slots.get(turn.station, ()), turn.starts_at)
        if place is not None and roll.is_current(turn.staff_ref, day_of(turn.starts_at)):
            there[turn.station, place][Duty(turn.duty)].add(turn.staff_ref)
    return [
        Scheduled(
            station,
            Shift(one.shift),
            slots[station][place],
            {duty: frozenset(who) for duty, who in there.get((station, place), {}).items()},
        )
        for station, several in of.items()
        for place, one in enumerate(several)
    ]


def covered(shifts: Iterable[Scheduled]) -> Coverage:
    """MET32: of the shifts scheduled those with at least one current champion on duty."""
    return coverage(len(one.on_duty) for one in shifts)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is named a champion on a day: who they are, where their post is, and how their training stands."""

    staff_ref: str
    name: str = field(repr=False)
    telephone: str = field(repr=False)
    role: str
    station: str
    standing: Champion


def members_on(by: Acting, roll: Roll, on: date) -> list[Member]:
    """Whoever is named on a day, by name. Two queries."""
    who = frozenset(one for one in roll.named if roll.is_named(one, on))
    held: dict[str, PostHeld] = {}
    rows = last_said(PostHeld.objects.for_user(by).filter(staff_ref__one_of=who))
    # The post held that day; of nobody in post the last they held.
    for one in sorted(rows, key=lambda one: (Span(one.from_on, one.to_on).holds(on), one.from_on)):
        held[one.staff_ref] = one
    refs = frozenset(one.post_ref for one in held.values())
    posts = {one.post_ref: one for one in last_said(Post.objects.for_user(by).filter(post_ref__one_of=refs))}
    found = []
    for ref in who:
        post = posts.get(held[ref].post_ref) if ref in held else None
        telephone = next((one.duty_telephone for one in reversed(roll.named[ref]) if one.duty_telephone), "")
        found.append(
            Member(
                ref, held[ref].name if ref in held else "", telephone, post.role if post else "",
                post.station if post else "", roll.standing(ref, on),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.name, one.staff_ref))


class There(StrEnum):
    """How sure it is that somebody can be reached now, the surest first."""

    ON_DUTY = "on_duty"
    ON_CALL = "on_call"
    ROSTERED = "rostered"


@dataclass(frozen=True, slots=True)
class Present:
    """A current champion who has a turn at an instant, at which station and until when."""

    staff_ref: str
    station: str
    there: There
    until: datetime


def present_at(by: Acting, roll: Roll, at: datetime) -> list[Present]:
    """Current champions on duty, on call, or rostered and not known to have come, the surest first. One query."""
    turns = TurnOfDuty.objects.for_user(by).filter(
        staff_ref__one_of=frozenset(roll.named), starts_at__lte=at, ends_at__gt=at
    )
    # Said anew, a turn may end at another time: the last word is looked for among all under its key.
    keys = frozenset(turns.order_by().values_list("source_key", flat=True))
    found = [
        Present(turn.staff_ref, turn.station, There(turn.duty), turn.ends_at)
        for turn in last_said(TurnOfDuty.objects.for_user(by).filter(source_key__one_of=keys))
        if turn.duty in set(There)
        and turn.starts_at <= at < turn.ends_at
        and roll.is_current(turn.staff_ref, day_of(at))
    ]
    order = list(There)
    return sorted(found, key=lambda one: (order.index(one.there), one.staff_ref))


@dataclass(frozen=True, slots=True)
class Near:
    """A station at which a champion can be reached now, how far it is, and whoever is there."""

    station: str
    kilometres: float | None
    present: tuple[Present, ...]


def stations_of(by: Acting) -> dict[str, Station]:
    """Every station by what the system of staff calls it. One query."""
    return {one.station: one for one in last_said(Station.objects.for_user(by))}


def nearest(stations: Mapping[str, Station], here: str, present: Iterable[Present]) -> list[Near]:
    """Where a champion can be reached now, the station itself first and then by distance."""
    at: dict[str, list[Present]] = defaultdict(list)
    for one in present:
        at[one.station].append(one)
    places = {name: Place(one.easting, one.northing) for name, one in stations.items()}
    nowhere = Place(None, None)
    others = [(name, places.get(name, nowhere)) for name in at if name != here]
    far = nearest_first(places.get(here, nowhere), others)
    if here in at:
        far.insert(0, (here, 0.0))
    return [Near(name, distance, tuple(at[name])) for name, distance in far]
