"""`craffu profile`: what is published about a force, or about England and Wales, every figure with its source and caveats.

A missing figure is null with the reason, never 0 (MSR-02); the page P27 shows the same profile (MSR-01).
"""

import argparse
import json
from collections.abc import Iterable
from typing import Any

from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.config.commands.profile_text import LANGUAGE, profile_text
from craffu.published.areas import COUNTRY, FORCE, Area, find_area
from craffu.published.definitions import Words
from craffu.published.lines import PER, Line, Point
from craffu.published.models import FoundError
from craffu.published.periods import Period, parse_period
from craffu.published.populations import BASE
from craffu.published.profile import Part, Profile, Section, Year, profile_of
from craffu.published.rules import Answer, Count, Why
from craffu.published.wording import CHECK, WHY, note_text


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user, "profile")
    try:
        profile = profile_of(_area(args.force), by=by, first=_period(args.first), last=_period(args.last))
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    if args.json:
        print(json.dumps(as_json(profile), ensure_ascii=False))
    else:
        print(profile_text(profile))
    return DONE


def _area(name: str) -> Area:
    area = find_area(name)
    if area is None or area.kind not in (FORCE, COUNTRY):
        raise NotCarriedOut(
            f"No police force is called {name}. Give its name as the force writes it, such as Dyfed-Powys, or England and Wales."
        )
    return area


def _period(text: str | None) -> Period | None:
    try:
        return parse_period(text) if text else None
    except ValueError as fault:
        raise NotCarriedOut(f"{text} is no period: {fault}.") from fault


def as_json(profile: Profile) -> dict[str, Any]:
    """The public keys of `craffu profile`."""
    return {
        "force": profile.area.name_en,
        "code": profile.area.code,
        "residents": profile.residents.number,
        "population_base": BASE.in_language(LANGUAGE) if profile.residents.number else None,
        "series": [item for line in (*profile.series, *profile.by_hand) for item in _line(line)],
        "outcomes": _section(profile.outcomes),
        "orders": _section(profile.orders),
        "prosecutions": _section(profile.prosecutions),
        "breaks": sorted({one.at.isoformat() for line in profile.series for one in line.breaks_shown}
                         | {one.at.isoformat() for one in profile.outcomes.breaks_shown}),
        "errors_found": [_error(one) for one in profile.found],
        "notes": [
            {"code": note.code, "text": note_text(note.code, note.detail), **note.detail} for note in profile.notes
        ],
    }  # fmt: skip


def _line(line: Line) -> Iterable[dict[str, Any]]:
    said = line.definition
    for place, point in enumerate(line.points):
        yield {
            "series": said.key.series,
            "title": said.title.in_language(LANGUAGE),
            "measure": said.measure.in_language(LANGUAGE),
            **_count(point.count),
            "period": point.period.text,
            "unit": said.key.unit,
            "definition": said.definition.in_language(LANGUAGE),
            "counting_rules": said.counting_rules.in_language(LANGUAGE),
            "source": said.source.in_language(LANGUAGE),
            "licence": said.licence,
            "by_hand": bool(said.entered_by),
            "flags": list(point.flags),
            "rate": _rate(point),
            "change_on_year_before": _answer(line.change_on_year_before(place), 100),
            "caveats": [
                *(text.in_language(LANGUAGE) for text in said.caveats),
                *(one.why.in_language(LANGUAGE) for one in line.breaks_shown),
                *([f"Sum of {point.forces} forces."] if point.forces else []),
            ],
        }


def _rate(point: Point) -> dict[str, Any] | None:
    answer = point.rate
    if answer is None:
        return None
    return {**_answer(answer, 1), "per": PER, "base": BASE.in_language(LANGUAGE)}


def _count(count: Count) -> dict[str, Any]:
    return {"value": count.value, "reason": _why(count.missing), "reason_code": count.missing}


def _why(why: Why | None) -> str | None:
    return str(WHY[why]) if why else None


def _answer(answer: Answer, scale: int) -> dict[str, Any]:
    interval = [round(end * scale, 4) for end in answer.interval] if answer.interval else None
    return {
        "value": None if answer.value is None else round(answer.value * scale, 4),
        "interval": interval,
        "reason": _why(answer.why),
        "reason_code": answer.why,
        "marks": list(answer.marks),
    }


def _section(section: Section) -> list[dict[str, Any]]:
    items = []
    for year in section.years:
        beside = {part.measure.key: part for part in year.national}
        parts = year.parts or [
            Part(measure, Count(None, Why.NEVER_PUBLISHED)) for measure in section.series.measures.values()
        ]
        items += [_part(section, year, part, beside.get(part.measure.key)) for part in parts]
    return items


def _part(section: Section, year: Year, part: Part, national: Part | None) -> dict[str, Any]:
    series = section.series
    return {
        "measure": part.measure.key,
        "label": part.measure.label.in_language(LANGUAGE),
        "period": year.period.text,
        **_count(part.count),
        "unit": part.measure.unit,
        "share": _percent(part.share),
        "national": {**_count(national.count), "share": _percent(national.share)} if national else None,
        "source": series.source.in_language(LANGUAGE),
        "warning": series.warning.in_language(LANGUAGE) if series.warning else None,
        "caveats": _caveats(section, year),
    }


def _caveats(section: Section, year: Year) -> list[str]:
    texts: list[Words] = [*section.series.caveats, *(one.why for one in section.breaks_shown)]
    if year.why_absent:
        texts.append(year.why_absent)
    return [text.in_language(LANGUAGE) for text in texts]


def _percent(answer: Answer | None) -> dict[str, Any] | None:
    """A share in per cent with one decimal, its interval, or why there is none."""
    if answer is None:
        return None
    return {
        **_answer(answer, 100),
        "value": None if answer.value is None else round(answer.value * 100, 1),
        "interval": [round(end * 100, 1) for end in answer.interval] if answer.interval else None,
    }


def _error(error: FoundError) -> dict[str, Any]:
    return {
        "check": error.check_code,
        "severity": error.severity,
        "text": str(CHECK.get(error.check_code, error.check_code)),
        "series": error.series,
        "measure": error.measure,
        "area": error.area_name,
        "period": error.period,
        "detail": error.detail,
    }
