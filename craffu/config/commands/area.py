"""`craffu area`: areas and teams of the force, where its stations lie, and how far each role reaches (SEC-01)."""

import argparse
import json
from typing import Any

from craffu.access.acting import Acting
from craffu.access.actions import set_up_area
from craffu.access.models import Area, Team
from craffu.access.reach.actions import list_areas, place_station, say_reach
from craffu.access.reach.queries import find_area, find_team
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        if args.action in CHANGES:
            CHANGES[args.action](by, args)
        answer = listed(by)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    print(json.dumps(answer, ensure_ascii=False) if args.json else in_words(answer))
    return DONE


def area_and_team(by: Acting, area: str, team: str | None) -> tuple[Area, Team | None]:
    """An area of the force and, where one is named, a team of it."""
    found = find_area(by.force, area)
    if found is None:
        raise NotCarriedOut(f"There is no area called {area}. `craffu area list` shows them.")
    of_it = find_team(found, team) if team else None
    if team and of_it is None:
        raise NotCarriedOut(f"There is no team called {team} in {area}. `craffu area list` shows them.")
    return found, of_it


def add(by: Acting, args: argparse.Namespace) -> None:
    """An area; or, with --team, a team of an area that there is."""
    if not args.name or not args.en or not args.cy:
        raise NotCarriedOut('Say which and how it is called: craffu area add CODE --en "Coast" --cy "Arfordir".')
    if not args.team:
        set_up_area(by=by, code=args.name, name_en=args.en, name_cy=args.cy)
        return
    area, _ = area_and_team(by, args.name, None)
    teams = [(args.team, args.en, args.cy)]
    set_up_area(by=by, code=area.code, name_en=area.name_en, name_cy=area.name_cy, teams=teams)


def station(by: Acting, args: argparse.Namespace) -> None:
    if not args.name or not args.area or not args.reason:
        raise NotCarriedOut('Say which, where and why: craffu area station "Llanelli" --area CODE --reason "...".')
    area, team = area_and_team(by, args.area, args.team)
    place_station(by=by, name=args.name, area=area, team=team, reason=args.reason)


def reach(by: Acting, args: argparse.Namespace) -> None:
    if not args.name or not args.reach or not args.reason:
        raise NotCarriedOut(
            'Say which role, how far and why: craffu area reach investigator --reach area --reason "...".'
        )
    say_reach(by=by, role=args.name, reach=args.reach, reason=args.reason)


CHANGES = {"add": add, "station": station, "reach": reach}


def listed(by: Acting) -> dict[str, Any]:
    areas = list_areas(by=by)
    return {
        "areas": [
            {
                "code": one.area.code,
                "name_en": one.area.name_en,
                "name_cy": one.area.name_cy,
                "teams": [{"code": team.code, "name_en": team.name_en, "name_cy": team.name_cy} for team in one.teams],
                "stations": list(one.stations),
                "people": list(one.people),
            }
            for one in areas.areas
        ],
        "reach": dict(areas.reach),
    }


def in_words(answer: dict[str, Any]) -> str:
    lines = []
    for area in answer["areas"]:
        lines.append(f"{area['code']:<20} {area['name_en']} / {area['name_cy']}")
        lines += [f"  team     {team['code']:<20} {team['name_en']} / {team['name_cy']}" for team in area["teams"]]
        lines += [f"  {many:<8} {', '.join(area[many])}" for many in ("stations", "people") if area[many]]
    lines += [f"{role:<20} reaches {how_far}" for role, how_far in answer["reach"].items()]
    return "\n".join(lines) or "There are no areas yet, and every role reaches the whole force."
