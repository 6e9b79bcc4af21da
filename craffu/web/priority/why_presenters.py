"""Why somebody has their priority: what each part adds, the events behind it, what would change it, what is missing (PRI-05)."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.charts.shapes import Size
from craffu.charts.waterfall import Picture, Step, Waterfall, place
from craffu.prevention.models import (
    PopulationDefined,
    ScoreKept,
    ScoreRun,
    ScoreStands,
)
from craffu.prevention.scoring.nearest import Change, What
from craffu.prevention.scoring.one import Alone, Counted
from craffu.prevention.scoring.rules import Flag, Score
from craffu.prevention.scoring.schemes import PARTS, Scheme
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.people.presenters import case_link
from craffu.web.presenters import Params, Text
from craffu.web.priority import words
from craffu.web.priority.decided_presenters import events_words
from craffu.web.priority.presenters import number_words
from craffu.web.statuses import SOURCE_WORDS


def parts_table(score: Score, scheme: Scheme, counted: Sequence[Counted]) -> Params:
    """Value, weight and points of each part, and what it rests on."""
    head: list[cells.Heading] = [
        _("Part"), (_("Value"), "numeric"), (_("Weight"), "numeric"), (_("Points"), "numeric"), _("Rests on"),
    ]  # fmt: skip
    rests = _rests_on(score, counted)
    rows = [
        [
            cells.lines((words.PARTS[part], words.part_measures(part, scheme.params))),
            {"text": f"{score.parts[part]:.1f}", "format": "numeric"},
            {"text": f"{scheme.weights[part]:.2f}", "format": "numeric"},
            {"text": f"{score.contributions[part]:.1f}", "format": "numeric"},
            cells.words(rests[part]),
        ]
        for part in PARTS
    ]
    return cells.table(_("What the score is made of"), head, rows)


def _rests_on(score: Score, counted: Sequence[Counted]) -> Mapping[str, str]:
    unnamed = Flag.VICTIM_UNKNOWN in score.flags
    victims = f"{score.victims:,}"
    days = score.newest_age or 0
    return {
        "R": ngettext("the last event, %(number)s day ago", "the last event, %(number)s days ago", days)
        % {"number": days},
        "F": ngettext("%(number)s incident in a year", "%(number)s incidents in a year", score.incidents_in_a_year)
        % {"number": score.incidents_in_a_year},
        "G": events_words(len(counted)),
        "V": _("%(number)s, perhaps more") % {"number": victims} if unnamed else victims,
        "B": f"{score.breaches:,}",
    }


def picture(score: Score) -> tuple[Picture, Picture]:
    """The same figures as steps, for a desk and for a phone."""
    steps, total = [], 0.0
    for part in PARTS:
        points = score.contributions[part]
        steps.append(Step(str(words.PARTS[part]), f"{points:.1f}", total, total + points))
        total += points
    steps.append(Step(_("Score"), f"{total:.1f}", 0.0, total))
    chart = Waterfall(
        title=_("What each part adds to the score"),
        description="; ".join(f"{one.name} {one.words}" for one in steps),
        x_title=_("Points, of 100 at most. They are no probability."),
        steps=tuple(steps),
    )
    return place(chart, Size.WIDE), place(chart, Size.NARROW)


def events_table(counted: Iterable[Counted], cases: Mapping[int, str], of_records: Mapping[int, str]) -> Params | None:
    """The events behind a score in cases that are open to the reader, the newest first."""
    head: list[cells.Heading] = [
        _("When"), _("What"), _("Case"), (_("Weighs, in days"), "numeric"), _("How far decided"), (_("Victims"), "numeric"),
        _("Told by"),
    ]  # fmt: skip
    rows = [_event_row(one, cases, of_records) for one in newest_first(counted)]
    return cells.table(_("Events behind it"), head, rows) if rows else None


def newest_first(counted: Iterable[Counted]) -> list[Counted]:
    return sorted(
        counted, key=lambda one: (one.span.word.occurred_on or one.span.recorded_on, one.span.act), reverse=True
    )


def _event_row(one: Counted, cases: Mapping[int, str], of_records: Mapping[int, str]) -> list[Params]:
    event = one.event
    what: list[Text] = [words.OFFENCES[event.offence]]
    if event.is_breach:
        what.append(_("A breach that was found to be none") if event.is_disproved else _("Breach of an order or bail"))
    number = int(one.span.case) if one.span.case.isdigit() else None
    return [
        cells.words(when_words(one)),
        cells.lines(what),
        cells.link(case_link(cases[number])) if number is not None else cells.words(one.span.case),
        {"text": _("not known") if event.weight is None else f"{event.weight:,.0f}", "format": "numeric"},
        cells.words(words.EVIDENCE[event.evidence]),
        {"text": str(len(event.victims)) if event.victims else _("not named"), "format": "numeric"},
        cells.words(_source_words(of_records.get(one.span.record, ""))),
    ]


def _source_words(record: str) -> Text:
    """Which system tells of it."""
    source = record.partition("/")[0]
    return SOURCE_WORDS.get(source, source)


def when_words(one: Counted) -> str:
    on = one.span.word.occurred_on
    return day_words(on) if on else _("recorded %(day)s") % {"day": day_words(one.span.recorded_on)}


def act_choices(counted: Iterable[Counted]) -> list[tuple[str, Text]]:
    return [
        (
            f"{one.span.record}/{one.span.act}",
            _("%(when)s: %(what)s (%(decided)s)")
            % {
                "when": when_words(one),
                "what": words.OFFENCES[one.event.offence],
                "decided": words.EVIDENCE[one.event.evidence],
            },
        )
        for one in newest_first(counted)
    ]


def nearest_words(changes: Iterable[Change]) -> list[str]:
    """The least of each kind that would alter the priority: how the score works, and no forecast."""
    return [
        _("%(change)s: %(score)s, %(priority)s")
        % {"change": _change_words(one), "score": number_words(one.value), "priority": words.TIERS[one.tier].words}
        for one in changes
    ]


def _change_words(one: Change) -> str:
    said = {
        What.INCIDENTS: ngettext("%(number)s more incident today", "%(number)s more incidents today", one.number),
        What.BREACHES: ngettext("%(number)s more breach today", "%(number)s more breaches today", one.number),
        What.VICTIMS: ngettext(
            "An incident today against %(number)s other victim",
            "Incidents today against %(number)s other victims",
            one.number,
        ),
        What.DAYS: ngettext("%(number)s day with nothing new", "%(number)s days with nothing new", one.number),
    }
    return said[one.what] % {"number": one.number}


def missing_words(alone: Alone) -> list[Text]:
    return [words.FLAGS[flag] for flag in alone.score.flags]


def history_table(kept: Iterable[ScoreKept]) -> Params | None:
    """Every score that gave another priority or other floors, the newest first; no score is ever edited."""
    head: list[cells.Heading] = [
        _("When"), _("Priority"), (_("Score"), "numeric"), (_("Convicted only"), "numeric"), _("Floors"), _("Scheme"),
    ]  # fmt: skip
    rows = [
        [
            cells.words(instant_words(one.at)),
            cells.tag(words.TIERS[one.tier].tag),
            {"text": number_words(one.value), "format": "numeric"},
            {"text": number_words(one.proved), "format": "numeric"},
            cells.lines([words.FLOORS[floor] for floor in one.floors] or [_("None")]),
            cells.words(f"{one.run.scheme} {one.run.scheme_version}, {one.run.scheme_sha256[:12]}"),
        ]
        for one in reversed(list(kept))
    ]
    return cells.table(_("Scores that changed the priority"), head, rows) if rows else None


def outside_words(alone: Alone) -> str:
    """Why somebody has no score (PRI-01)."""
    why = alone.member.why
    return _("Outside the scored population, so there is no score: %(why)s.") % {"why": words.OUT[why] if why else ""}


def member_words(alone: Alone, row: PopulationDefined) -> str:
    """The newest event that brings somebody into the population."""
    newest = next(iter(newest_first(alone.counted)), None)
    said = when_words(newest) if newest else ""
    return _("In the scored population (%(name)s, definition %(version)s). Last event: %(event)s.") % {
        "name": row.name, "version": row.version, "event": said,
    }  # fmt: skip


def as_of_words(stands: ScoreStands, run: ScoreRun) -> str:
    return _("Scheme %(scheme)s version %(version)s, as of %(when)s.") % {
        "scheme": run.scheme, "version": run.scheme_version, "when": instant_words(stands.at),
    }  # fmt: skip
