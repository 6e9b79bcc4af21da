"""Where records belong now, which of them somebody reaches, and whom to ask for the others (SEC-01).

What somebody reaches is told twice: `reaches` of the rules, for one record, and `standing_within`, for a database that leaves
out rows by the thousand. A test holds them against each other.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.later import Later
from craffu.access.models import Area, Force, RightChange, Team, User
from craffu.access.reach.models import Placement, Posting, RoleReachChange, Station
from craffu.access.reach.rules import NARROW_TO_WIDE, NOWHERE, Place, Reach, Within, reach_of, reaches
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.edits import version_of


@dataclass(frozen=True, slots=True)
class Posted:
    """The areas and teams that somebody belongs to. Who belongs to a team belongs to its area."""

    areas: frozenset[int] = frozenset()
    teams: frozenset[int] = frozenset()


def postings_of(users: Iterable[int]) -> dict[int, Posted]:
    """Where each of these accounts belongs now, by its number. One query."""
    rows = Posting.objects.filter(user__in=list(users)).order_by("id")
    told = rows.values_list("user_id", "area_id", "team_id", "held")
    last = {(user, area, team): is_held for user, area, team, is_held in told}
    found: dict[int, Posted] = {}
    for user, area, team in (one for one, is_held in last.items() if is_held):
        before = found.get(user, Posted())
        found[user] = Posted(before.areas | {area}, before.teams | ({team} if team else set()))
    return found


def standing_postings(users: Iterable[int]) -> list[Posting]:
    """The postings of these accounts that were not ended, in the order they were made. One query."""
    rows = Posting.objects.filter(user__in=list(users)).select_related("area", "team").order_by("id")
    last = {(row.user_id, row.area_id, row.team_id): row for row in rows}
    return [row for row in last.values() if row.held]


def reaches_said(force: Force) -> dict[str, str]:
    """What a force has said of how far roles reach. One query."""
    rows = RoleReachChange.objects.filter(force=force).order_by("id").values_list("role", "reach")
    return dict(rows)


def narrows(force: Force) -> bool:
    """Whether a force lets any role reach less than the whole of it. One query."""
    return any(Reach(reach) is not Reach.FORCE for reach in reaches_said(force).values())


def within_of(user: User, rights: Collection[str], said: Mapping[str, str]) -> Within | None:
    """Where somebody's reach ends, by what their force has said of roles; None where it is the whole force.

    No query for whoever reaches the whole force, one otherwise.
    """
    reach = reach_of(rights, said)
    if reach is Reach.FORCE:
        return None
    posted = postings_of([user.pk]).get(user.pk, Posted())
    return Within(reach, user.pk, posted.areas, posted.teams)


def standing_within(within: Within, force: int, kind: str, path: str) -> Exists:
    """A condition on rows: the record at `path` belongs, by its last placement, where the reader reaches."""
    wide = NARROW_TO_WIDE.index(within.reach)
    reached = Q(owner=within.user)
    if wide >= NARROW_TO_WIDE.index(Reach.TEAM):
        reached |= Q(team__in=sorted(within.teams))
    if wide >= NARROW_TO_WIDE.index(Reach.AREA):
        reached |= Q(area__in=sorted(within.areas))
    return _standing(force, kind, path, reached)


def standing_somewhere(force: int, kind: str, path: str) -> Exists:
    """A condition on rows: the record at `path` belongs, by its last placement, to an area or to somebody."""
    return _standing(force, kind, path, Q(area__isnull=False) | Q(owner__isnull=False))


def _standing(force: int, kind: str, path: str, where: Q) -> Exists:
    of_record = Placement.objects.filter(force=force, kind=kind)
    later = of_record.filter(reference=OuterRef("reference"), id__gt=OuterRef("id"))
    return Exists(of_record.filter(where, reference=OuterRef(path)).exclude(Exists(later)))


def placements(
    force: Force, kind: str, references: Iterable[str], known_at: datetime | None = None
) -> dict[str, Placement]:
    """Where each of these records belongs, for those of which somebody said. One query."""
    return placements_later(force, kind, references, known_at).answer


def placements_later(
    force: Force, kind: str, references: Iterable[str], known_at: datetime | None = None
) -> Later[dict[str, Placement]]:
    """The same, to be asked with others."""
    asked = _placements.later(force.pk, kind, frozenset(references), known_at)
    return Later(lambda rows: {row.reference: row for row in rows}, asked)


@prepared
def _placements(force: int, kind: str, references: frozenset[str], known_at: datetime | None) -> QuerySet[Placement]:
    rows = Placement.objects.filter(force=force, kind=kind, reference__one_of=references)
    if known_at is not None:
        rows = rows.filter(changed_at__lte=known_at)
    return rows.select_related("area", "team", "owner").order_by("id")


def history_of(force: Force, kind: str, reference: str) -> list[Placement]:
    """Every place that a record had, newest first. One query."""
    rows = Placement.objects.filter(force=force, kind=kind, reference=reference)
    return list(rows.select_related("area", "team", "owner").order_by("-id"))


def place_version(force: Force, kind: str, reference: str) -> str:
    """Which version of a record's place stands: each change to it is a row more (T30)."""
    rows = Placement.objects.filter(force=force, kind=kind, reference=reference)
    return version_of(rows.aggregate(last=Max("id"))["last"])


def place_of(placement: Placement | None) -> Place:
    if placement is None:
        return NOWHERE
    return Place(placement.area_id, placement.team_id, placement.owner_id)


def beyond(by: Acting, kind: str, references: Iterable[str]) -> frozenset[str]:
    """Of these references those that the reader does not reach, whether there is such a record or not.

    One query, and none for whoever reaches the whole force.
    """
    asked = frozenset(references)
    if by.within is None or not (asked := asked - by.let_in.get(kind, frozenset())):
        return frozenset()
    stand = placements(by.force, kind, asked)
    return frozenset(one for one in asked if not reaches(by.within, place_of(stand.get(one))))


def shut_to(by: Acting, kind: str, references: Iterable[str]) -> frozenset[str]:
    """Of these references those that are not open to the reader: restricted, or beyond their reach."""
    asked = frozenset(references)
    return (asked & by.closed.get(kind, frozenset())) | beyond(by, kind, asked)


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who answers for records that belong somewhere: coordinators by area, then any, then supervisors alike."""

    by_area: Mapping[int, tuple[User, ...]] = field(default_factory=dict)
    anywhere: tuple[User, ...] = ()

    def of(self, placement: Placement | None) -> tuple[User, ...]:
        """Whom to ask for a record, the first first: its owner, who answers for its area, who answers for any."""
        owner = placement.owner if placement else None
        area = placement.area_id if placement else None
        first = (owner,) if owner is not None and owner.is_active else ()
        return (*first, *(self.by_area.get(area, ()) if area else ()), *self.anywhere)


KEPT_BY = ("coordinator", "supervisor")


def keepers(force: Force) -> Keepers:
    """Who answers for the records of a force. Three queries."""
    changes = RightChange.objects.filter(right__in=KEPT_BY, area=None, user__force=force, user__is_active=True)
    held = {(user, right): held for user, right, held in changes.order_by("id").values_list("user", "right", "held")}
    roles = {right: [user for (user, one), is_held in held.items() if is_held and one == right] for right in KEPT_BY}
    people = User.objects.in_bulk({user for users in roles.values() for user in users})
    posted = postings_of(people)
    in_order = [people[user] for right in KEPT_BY for user in sorted(roles[right], key=lambda one: people[one].name)]
    by_area: dict[int, list[User]] = {}
    for user in in_order:
        for area in posted.get(user.pk, Posted()).areas:
            by_area.setdefault(area, []).append(user)
    return Keepers({area: tuple(users) for area, users in by_area.items()}, tuple(in_order))


def whom_to_ask(by: Acting, kind: str, references: Collection[str]) -> dict[str, tuple[Placement | None, User | None]]:
    """Where each of these records belongs and whom to ask for it, who is not the reader. Four queries, or none."""
    if not references:
        return {}
    stand, kept_by = placements(by.force, kind, references), keepers(by.force)
    return {
        one: (stand.get(one), next((user for user in kept_by.of(stand.get(one)) if user != by.user), None))
        for one in references
    }


@dataclass(frozen=True, slots=True)
class AreaListed:
    """An area with its teams, the stations that lie in it, and who belongs to it, by sign-in name."""

    area: Area
    teams: tuple[Team, ...]
    stations: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreasListed:
    """The areas of a force, and how far each role reaches of which the force has said something."""

    areas: tuple[AreaListed, ...]
    reach: Mapping[str, str]


def areas_listed(force: Force) -> AreasListed:
    """Five queries, whatever the number of areas."""
    people = dict(User.objects.filter(force=force, is_active=True).values_list("pk", "username"))
    posted, lie = postings_of(people), stations(force)
    areas = tuple(
        AreaListed(
            area,
            tuple(area.teams.all()),
            tuple(sorted(name for name, place in lie.items() if place.area == area.pk)),
            tuple(sorted(people[user] for user, where in posted.items() if area.pk in where.areas)),
        )
        for area in areas_of(force)
    )
    return AreasListed(areas, reaches_said(force))


def areas_of(force: Force) -> list[Area]:
    """The areas of a force with their teams. Two queries."""
    return list(Area.objects.filter(force=force).prefetch_related("teams").order_by("code"))


def area_names(force: Force) -> list[tuple[str, str, str]]:
    """The code of each area of a force, with what it is called in English and in Welsh. One query."""
    return list(Area.objects.filter(force=force).order_by("code").values_list("code", "name_en", "name_cy"))


def team_names(force: Force) -> list[tuple[str, str, str]]:
    """The code of each team of a force after that of its area, with what both are called in either language. One query."""
    rows = Team.objects.filter(area__force=force).select_related("area").order_by("area__code", "code")
    return [
        (f"{one.area.code}/{one.code}", f"{one.area.name_en}: {one.name_en}", f"{one.area.name_cy}: {one.name_cy}")
        for one in rows
    ]


def find_area(force: Force, code: str) -> Area | None:
    area: Area | None = Area.objects.filter(force=force, code=code).first()
    return area


def find_team(area: Area, code: str) -> Team | None:
    team: Team | None = Team.objects.filter(area=area, code=code).first()
    return team


def folded(name: str) -> str:
    """A station's name as it is compared: case and spaces say nothing."""
    return " ".join(name.casefold().split())


def stations(force: Force) -> dict[str, Place]:
    """Where each station lies that a source may name, by its folded name. One query."""
    rows = Station.objects.filter(force=force).order_by("id").values_list("name", "area_id", "team_id")
    return {name: Place(area, team) for name, area, team in rows}
