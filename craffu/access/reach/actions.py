"""The writes that say where people, stations and records belong, and how far roles reach (SEC-01)."""

from collections.abc import Mapping
from datetime import datetime

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.models import Area, Team, User
from craffu.access.permissions import check_can_manage_accounts, check_can_place, check_same_force
from craffu.access.policies import check_may_reach, check_other_place
from craffu.access.reach.models import Placement, Posting, RoleReachChange, Station
from craffu.access.reach.queries import AreasListed, areas_listed, folded, place_of, placements
from craffu.access.reach.rules import Place, choices_of, places_anew
from craffu.access.restricted.actions import said
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action, bookkeeping
from craffu.common.locks import lock_until_commit
from craffu.common.refusals import NotPermitted
from craffu.outbox.actions import tell


@action
def post(
    *, by: Acting, user: User, area: Area, team: Team | None, held: bool, reason: str, now: datetime | None = None
) -> Posting:
    """Put somebody into an area or a team of it, or take them out. It counts from their next request."""
    check_can_manage_accounts(by)
    check_same_force(by, user)
    _check_ours(by, area, team)
    posting: Posting = Posting.objects.create(
        force=by.force, user=user, area=area, team=team, held=held, reason=said(reason), changed_at=now or clock.now(),
        changed_by=by.actor.name,
    )  # fmt: skip
    audit.record(
        kind=events.POSTED if held else events.POSTING_ENDED,
        actor=by.actor,
        refs=[f"user/{user.username}", *_refs(area, team)],
        reason=posting.reason,
        request=by.request,
    )
    return posting


@action
def say_reach(*, by: Acting, role: str, reach: str, reason: str, now: datetime | None = None) -> RoleReachChange:
    """Say how far a role reaches in the acting person's force. It counts from everybody's next request."""
    check_can_manage_accounts(by)
    check_may_reach(reach, choices_of(role))
    change: RoleReachChange = RoleReachChange.objects.create(
        force=by.force,
        role=role,
        reach=reach,
        reason=said(reason),
        changed_at=now or clock.now(),
        changed_by=by.actor.name,
    )
    refs = [f"right/{role}", f"reach/{reach}"]
    audit.record(kind=events.REACH_SAID, actor=by.actor, refs=refs, reason=change.reason, request=by.request)
    return change


@action
def place_station(
    *, by: Acting, name: str, area: Area, team: Team | None, reason: str, now: datetime | None = None
) -> Station:
    """Say where a station lies. Cases that a source records there are placed from its next extract on."""
    check_can_manage_accounts(by)
    _check_ours(by, area, team)
    station: Station = Station.objects.create(
        force=by.force, name=folded(said(name)), area=area, team=team, reason=said(reason), changed_at=now or clock.now(),
        changed_by=by.actor.name,
    )  # fmt: skip
    audit.record(
        kind=events.STATION_PLACED, actor=by.actor, refs=_refs(area, team), reason=station.reason, request=by.request
    )
    return station


@action
def place(
    *,
    by: Acting,
    kind: str,
    reference: str,
    area: Area | None,
    team: Team | None,
    owner: User | None,
    reason: str,
    now: datetime | None = None,
) -> Placement:
    """Say where a record belongs from now on. Whoever does not reach that place does not read it at their next request."""
    check_can_place(by, kind, reference)
    _check_ours(by, area, team)
    if owner is not None:
        check_same_force(by, owner)
    lock_until_commit(*lock_of_place(by, kind, reference))
    standing = placements(by.force, kind, [reference]).get(reference)
    wanted = Place(*(one.pk if one else None for one in (area, team, owner)))
    check_other_place(place_of(standing), wanted)
    placement: Placement = Placement.objects.create(
        force=by.force, kind=kind, reference=reference, area=area, team=team, owner=owner, reason=said(reason),
        changed_at=now or clock.now(), changed_by=by.actor.name,
    )  # fmt: skip
    tell(force=by.force.code, topic=f"placed/{kind}", subjects=[reference], at=placement.changed_at)
    owned = [f"user/{owner.username}"] if owner else []
    audit.record(
        kind=events.RECORD_PLACED,
        actor=by.actor,
        refs=[f"{kind}/{reference}", *_refs(area, team), *owned],
        reason=placement.reason,
        request=by.request,
    )
    return placement


@bookkeeping
def place_by_source(*, by: Acting, kind: str, source: str, told: Mapping[str, Place], now: datetime) -> int:
    """Place records where a source says they belong, in one batch, and never against somebody's own word.

    Returns how many were placed. It is part of an act that stores what the source said, and is logged with it.
    """
    standing = placements(by.force, kind, told) if told else {}
    anew = [
        (reference, place.area, place.team)
        for reference, place in told.items()
        if places_anew(
            _said_before(standing.get(reference)), is_by_hand=_is_by_hand(standing.get(reference)), told=place
        )
    ]
    same = {
        "force": by.force.pk, "kind": kind, "source": source, "reason": "", "changed_at": now, "changed_by": by.actor.name,
    }  # fmt: skip
    Placement.objects.append_rows(("reference", "area", "team"), anew, same)
    return len(anew)


def _said_before(placement: Placement | None) -> Place | None:
    """What was said of a place, but for whose it is: a source names nobody by their account."""
    return Place(placement.area_id, placement.team_id) if placement else None


def _is_by_hand(placement: Placement | None) -> bool:
    return placement is not None and not placement.source


def list_areas(*, by: Acting) -> AreasListed:
    """The areas of the acting person's force and who belongs to them, and one log row naming those shown (SEC-04)."""
    check_can_manage_accounts(by)
    found = areas_listed(by.force)
    names = {f"user/{name}" for area in found.areas for name in area.people}
    audit.record_consultation(kind=events.AREAS_LISTED, actor=by.actor, refs=sorted(names), request=by.request)
    return found


def lock_of_place(by: Acting, kind: str, reference: str) -> tuple[str, ...]:
    """One change at a time to where a record belongs."""
    return ("where it belongs", by.force.code, kind, reference)


def _check_ours(by: Acting, area: Area | None, team: Team | None) -> None:
    """Another force's area does not exist for whoever asks, and a team is in its own area alone (SEC-01)."""
    is_theirs = area is not None and area.force_id != by.force.pk
    is_elsewhere = team is not None and (area is None or team.area_id != area.pk)
    if is_theirs or is_elsewhere:
        raise NotPermitted("no_such_area", "There is no such area or team.")


def _refs(area: Area | None, team: Team | None) -> list[str]:
    return [f"{kind}/{one.code}" for kind, one in (("area", area), ("team", team)) if one is not None]
