"""Where the invented force's stations lie, which cases belong to which area, and one role that keeps to its own.

Offender managers work by area in it: the demo's reaches the Vale and no further, so that a case elsewhere can be seen to be a
stub. Every other role reaches the whole force, as in a force that has said nothing.
"""

from collections.abc import Mapping

from craffu.access.acting import Acting
from craffu.access.events import RECORD_PLACED
from craffu.access.models import Area, Team
from craffu.access.queries import find_user
from craffu.access.reach.actions import place_by_source, place_station, post, say_reach
from craffu.access.reach.models import Posting, RoleReachChange, Station
from craffu.access.reach.queries import areas_of, folded, placements, stations
from craffu.access.reach.rules import Place, Reach
from craffu.audit import actions as audit
from craffu.cases.queries import latest_versions
from craffu.common import clock
from craffu.common.door import action
from craffu.published.queries import court_names

_REASON = "Demo"
_NARROWED, _REACHES, _IN = "offender_manager", "offender-manager", "dyffryn"
# The towns with a station and a court, by the team that works there.
STATIONS: Mapping[str, tuple[str, ...]] = {
    "arfordir-ymchwilio": ("Aberaeron", "Aberystwyth", "Fishguard", "Haverfordwest", "Lampeter", "Tenby"),
    "dyffryn-ymchwilio": ("Ammanford", "Carmarthen", "Llanelli"),
    "bryniau-ymchwilio": ("Brecon", "Builth Wells", "Llandrindod Wells", "Newtown", "Welshpool"),
}


def set_up_stations(by: Acting) -> None:
    """Say where each station lies and how far one role reaches, once, before any extract is taken in."""
    teams: dict[str, tuple[Area, Team]] = {
        team.code: (area, team) for area in areas_of(by.force) for team in area.teams.all()
    }
    if not Station.objects.filter(force=by.force).exists():
        for code, names in STATIONS.items():
            area, team = teams[code]
            for name in names:
                place_station(by=by, name=name, area=area, team=team, reason=_REASON)
    user = find_user(_REACHES)
    if user is not None and not Posting.objects.filter(force=by.force).exists():
        area = next(area for area, _ in teams.values() if area.code == _IN)
        post(by=by, user=user, area=area, team=None, held=True, reason=_REASON)
    if not RoleReachChange.objects.filter(force=by.force).exists():
        say_reach(by=by, role=_NARROWED, reach=Reach.AREA, reason=_REASON)


@action
def place_court_cases(by: Acting) -> None:
    """Cases known from courts alone belong where the court sits: a police extract says the station, a court message does not."""
    lie = stations(by.force)
    heard = dict(latest_versions(by).order_by("-id").values_list("hearing__case__reference", "court"))
    named = {court: folded(name) for court, name in court_names(set(heard.values())).items()}
    placed = placements(by.force, "case", heard)
    told: dict[str, Place] = {}
    for reference in heard.keys() - placed.keys():
        if towns := [place for town, place in lie.items() if town in named.get(heard[reference], "")]:
            told[reference] = towns[0]
    if told and place_by_source(by=by, kind="case", source="court-results", told=told, now=clock.now()):
        refs = [f"case/{one}" for one in told]
        audit.record(kind=RECORD_PLACED, actor=by.actor, refs=refs, counts={"cases": len(told)})
