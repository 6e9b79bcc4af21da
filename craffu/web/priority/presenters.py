"""What the pages of priorities show: the order of review, why somebody has their priority, and what was decided of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.charts.shapes import Size
from craffu.charts.waterfall import Picture, Step, Waterfall, place
from craffu.clocks.london import day_of
from craffu.people.queries import Identity
from craffu.prevention.cohort.queries import Membership, Stays
from craffu.prevention.deciding.queries import Decided, is_open
from craffu.prevention.deciding.rules import Said, change
from craffu.prevention.models import (
    CohortReviewed,
    PopulationDefined,
    PriorityDecided,
    SchemeAdopted,
    ScoreChallenged,
    ScoreKept,
    ScoreRun,
    ScoreStands,
)
from craffu.prevention.scoring.nearest import Change, What
from craffu.prevention.scoring.one import Alone, Counted
from craffu.prevention.scoring.queries import First
from craffu.prevention.scoring.rules import Flag, Score
from craffu.prevention.scoring.schemes import PARTS, Scheme
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.people.presenters import case_link, name_shown
from craffu.web.presenters import Link, Params, Text
from craffu.web.priority import words
from craffu.web.references import address_of
from craffu.web.statuses import SOURCE_WORDS
from craffu.web.tables import link_html


def priority_link(reference: str, text: Text = "") -> Link:
    return Link(text or reference, address_of("person_priority", "person", reference))


def number_words(value: float | None) -> str:
    return _("no score") if value is None else f"{value:.1f}"


def range_words(low: float | None, high: float | None) -> str:
    """From where to where a score may lie, with every gap filled at one end and at the other; empty where it is one number."""
    if high is None or (low is not None and round(low, 1) == round(high, 1)):
        return ""
    return _("between %(low)s and %(high)s") % {"low": "0.0" if low is None else f"{low:.1f}", "high": f"{high:.1f}"}


def population_words(row: PopulationDefined) -> str:
    """PRI-01: whom the force scores, by which statement and which assessment."""
    return _(
        "Scored: suspects or offenders of stalking, harassment, coercive control or breach of an order in the last 1,095 days, "
        "not eliminated or no-crimed. %(name)s, definition %(version)s, %(day)s, necessity assessed in %(reference)s on %(on)s. "
        "Nobody else is scored."
    ) % {
        "name": row.name, "version": row.version, "day": day_words(row.begins), "reference": row.necessity_ref,
        "on": day_words(row.necessity_on),
    }  # fmt: skip


def run_words(run: ScoreRun) -> str:
    return _(
        "Scheme %(scheme)s version %(version)s, weights %(weights)s version %(of_weights)s, scored %(when)s: %(scored)s with a "
        "score, %(without)s with no scoreable history, %(outside)s others accused of something and outside the population."
    ) % {
        "scheme": run.scheme, "version": run.scheme_version, "weights": run.weights, "of_weights": run.weights_version,
        "when": instant_words(run.at), "scored": f"{run.scored:,}", "without": f"{run.without_score:,}",
        "outside": f"{run.outside:,}",
    }  # fmt: skip


def adopted_words(row: SchemeAdopted | None) -> str:
    """By whose decision people are put in order so; empty while the scheme and weights that ship are in use."""
    if row is None:
        return ""
    return _("%(scheme)s version %(version)s with weights %(weights)s was adopted on %(day)s by %(name)s: %(reason)s") % {
        "scheme": row.scheme, "version": row.scheme_version, "weights": row.weights, "day": day_words(day_of(row.known_from)),
        "name": row.by.name, "reason": row.reason,
    }  # fmt: skip


def first_words(first: First, wanted: int) -> str:
    """PRI-05: so many, and whoever ties with the last."""
    if first.scored <= wanted:
        return _("All %(number)s who have a score are listed.") % {"number": f"{first.scored:,}"}
    urgent = len(first.listed) - first.tied
    if urgent > wanted:
        return _("Listed: %(number)s with an urgent priority, which is more than %(wanted)s.") % {
            "number": f"{urgent:,}", "wanted": f"{wanted:,}",
        }  # fmt: skip
    if first.tied:
        return _("The first %(wanted)s of %(number)s, and %(tied)s tied with the last.") % {
            "wanted": f"{wanted:,}", "number": f"{first.scored:,}", "tied": f"{first.tied:,}",
        }  # fmt: skip
    return _("The first %(wanted)s of %(number)s.") % {"wanted": f"{wanted:,}", "number": f"{first.scored:,}"}


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the scores of those who are listed."""

    known: Mapping[int, Identity]
    decided: Mapping[int, Decided]
    orders: Mapping[int, int]
    # On which day a meeting decided about them last, and who is on the agenda of the next.
    discussed: Mapping[int, date]
    on_agenda: Collection[int]
    today: date


def order_table(rows: Iterable[tuple[int, ScoreStands]], ranks: Iterable[int], beside: Beside) -> Params:
    """Everybody listed, in order. Whoever ties has one place."""
    head: list[cells.Heading] = [
        (_("Place"), "numeric"), _("Person"), _("Priority"), (_("Score"), "numeric"), _("Why"), (_("Orders in force"), "numeric"),
        _("What people decided"),
    ]  # fmt: skip
    tied = _tied(ranks)
    return cells.table(_("Review order"), head, [_row(place, one, beside, tied) for place, one in rows])


def _tied(ranks: Iterable[int]) -> set[int]:
    several = list(ranks)
    return {one for one in several if several.count(one) > 1}


def _row(place: int, one: ScoreStands, beside: Beside, tied: set[int]) -> list[Params]:
    decided = beside.decided.get(one.person_id, Decided())
    since = _("scored anew %(when)s") % {"when": instant_words(one.at)} if one.scored_at else ""
    return [
        {"text": f"={place}" if place in tied else str(place), "format": "numeric"},
        cells.link(priority_link(one.person.reference), name_shown(beside.known[one.person_id])),
        cells.tag(words.TIERS[one.tier].tag, since),
        {"html": cells.lines([number_words(one.value), range_words(one.low, one.high)])["html"], "format": "numeric"},
        cells.lines(why_words(one)),
        cells.number(beside.orders.get(one.person_id, 0)),
        cells.lines([*_decided_words(decided, beside.today), *_meeting_words(one, beside)]),
    ]


def _meeting_words(one: ScoreStands, beside: Beside) -> list[Text]:
    """When a meeting discussed them last; whoever is not on the agenda of the next can be proposed by somebody."""
    day = beside.discussed.get(one.person_id)
    last = _("Discussed on %(day)s") % {"day": day_words(day)} if day else ""
    if one.person_id in beside.on_agenda:
        return [last, _("On the agenda of the next meeting")]
    reference = one.person.reference
    words = _("Propose %(reference)s for a meeting") % {"reference": reference}
    return [last, link_html(address_of("meeting_propose", "person", reference), words)]


def why_words(one: ScoreStands) -> list[Text]:
    """The floors, then what each part of the score comes to."""
    parts = ", ".join(f"{words.PARTS[part]} {points:.1f}" for part, (_value, points) in one.parts.items())
    return [*(words.FLOORS[floor] for floor in one.floors), *([parts] if parts else [])]


def _decided_words(decided: Decided, today: date) -> list[Text]:
    said: list[Text] = []
    other = decided.other_on(today)
    if other is not None and other.until is not None:
        said.append(
            _("%(priority)s by %(name)s until %(day)s")
            % {"priority": words.TIERS[other.tier].words, "name": other.by.name, "day": day_words(other.until)}
        )
    if decided.awaits is not None:
        said.append(_("Another priority waits for a second person"))
    if any(is_open(one) for one in decided.challenges):
        said.append(_("Challenged"))
    last = decided.decisions[-1] if decided.decisions else None
    if last is None:
        said.append(_("Nobody has looked yet"))
    elif not decided.is_looked_at:
        said.append(_("Nobody has looked since this priority came"))
    elif last.said == Said.STANDS:
        said.append(
            _("Looked at by %(name)s on %(day)s") % {"name": last.by.name, "day": day_words(day_of(last.known_from))}
        )
    return said


def no_history_table(rows: Iterable[ScoreStands], known: Mapping[int, Identity]) -> Params:
    """PRI-03: in the population, with nothing that counts: their own group, and never low."""
    return cells.table(
        _("No scoreable history"),
        [_("Person"), _("Name")],
        [
            [cells.link(priority_link(one.person.reference)), cells.words(name_shown(known[one.person_id]))]
            for one in rows
        ],
        is_hidden=True,
    )


def tier_sentence(stands: ScoreStands, decided: Decided, today: date) -> str:
    other = decided.other_on(today)
    if other is not None and other.until is not None:
        return _("%(priority)s: %(name)s gave it until %(day)s. By the score it would be: %(score)s.") % {
            "priority": words.TIERS[other.tier].words, "name": other.by.name, "day": day_words(other.until),
            "score": words.TIERS[stands.tier].words,
        }  # fmt: skip
    return f"{words.TIERS[stands.tier].words}."


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
        "G": _events_words(len(counted)),
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


def decisions_table(decisions: Iterable[PriorityDecided], *, sees_words: bool) -> Params | None:
    head: list[cells.Heading] = [_("When"), _("Decision"), _("By"), _("Why"), _("A second person")]
    rows = [
        [
            cells.words(instant_words(one.known_from)),
            cells.words(decision_words(one)),
            cells.words(one.by.name),
            cells.words(one.reason if sees_words else ""),
            cells.lines(_agreed_words(one)),
        ]
        for one in reversed(list(decisions))
    ]
    return cells.table(_("What people decided"), head, rows) if rows else None


def decision_words(one: PriorityDecided) -> str:
    if one.said == Said.STANDS or one.until is None:
        return _("The priority stands")
    return _("%(priority)s until %(day)s") % {"priority": words.TIERS[one.tier].words, "day": day_words(one.until)}


def _agreed_words(one: PriorityDecided) -> list[Text]:
    if one.said == Said.STANDS:
        return [_("Not needed")]
    agreed = getattr(one, "agreed", None)
    if agreed is None:
        return [_("Waits for one: it does not count yet")]
    name = {"name": agreed.by.name, "when": instant_words(agreed.known_from)}
    said = _("%(name)s agreed, %(when)s") if agreed.agrees else _("%(name)s did not agree, %(when)s")
    return [said % name, agreed.reason]


def challenges_table(challenges: Sequence[ScoreChallenged], person: str, *, may_answer: bool) -> Params | None:
    head: list[cells.Heading] = [_("When"), _("Whose"), _("What is said to be wrong"), _("Events"), _("Answer")]
    rows = [
        [
            cells.words(instant_words(one.known_from)),
            cells.words(words.WHOSE[one.whose]),
            cells.words(one.reason),
            cells.words(_events_words(len(one.acts))),
            _answer_cell(one, person, may_answer=may_answer),
        ]
        for one in reversed(challenges)
    ]
    return cells.table(_("Challenges"), head, rows) if rows else None


def _events_words(number: int) -> str:
    if not number:
        return _("None named")
    return ngettext("%(number)s event", "%(number)s events", number) % {"number": number}


def _answer_cell(one: ScoreChallenged, person: str, *, may_answer: bool) -> Params:
    if is_open(one):
        if not may_answer:
            return cells.words(_("Waits for an answer; the score stands"))
        href = reverse("challenge_answer", kwargs={"person": person, "number": one.number})
        return cells.link(Link(_("Answer it"), href))
    answered = one.answered
    aside = len(answered.aside.all())
    counts = _("%(events)s no longer count") % {"events": _events_words(aside)} if aside else _("Every event stays")
    return cells.lines([counts, answered.reason, f"{answered.by.name}, {instant_words(answered.known_from)}"])


def member_sentence(stays: Stays) -> str:
    """Since when somebody is in the cohort, and by when they are looked at again; empty where they are not."""
    one = stays.now
    if one is None:
        return ""
    return _("In the cohort since %(day)s. Last looked at on %(seen)s; to be looked at again by %(due)s.") % {
        "day": day_words(day_of(one.entered.known_from)), "seen": day_words(one.last_seen),
        "due": day_words(one.review_due),
    }  # fmt: skip


def members_table(members: Iterable[Membership], known: Mapping[int, Identity], today: date) -> Params | None:
    """The cohort, whoever is looked at next first."""
    head: list[cells.Heading] = [
        _("Person"), _("Since"), _("Last looked at"), _("To be looked at by"), _("Brought in by"),
    ]  # fmt: skip
    rows = [
        [
            cells.link(priority_link(one.entered.person.reference), name_shown(known[one.entered.person_id])),
            cells.words(day_words(day_of(one.entered.known_from))),
            cells.words(day_words(one.last_seen)),
            cells.lines([day_words(one.review_due), _("Late") if one.review_due < today else ""]),
            cells.words(one.entered.by.name),
        ]
        for one in members
    ]
    return cells.table(_("The cohort"), head, rows, is_hidden=True) if rows else None


def stays_table(stays: Stays) -> Params | None:
    """Every stay in the cohort: why, the scores of entry and exit, and what moved between them, with no claim of a cause."""
    head: list[cells.Heading] = [
        _("Entered"), _("Why"), _("Looked at again"), _("Left"), (_("Score then and at the end"), "numeric"),
    ]  # fmt: skip
    rows = [
        [
            cells.lines([day_words(day_of(one.entered.known_from)), one.entered.by.name]),
            cells.words(one.entered.reason),
            cells.lines(_look_words(each) for each in one.reviews) if one.reviews else cells.words(_("Not yet")),
            cells.lines(_left_words(one)),
            {"text": _moved_words(one), "format": "numeric"},
        ]
        for one in reversed(stays.all)
    ]
    return cells.table(_("In the cohort"), head, rows) if rows else None


def _look_words(one: CohortReviewed) -> str:
    return _("%(day)s, %(name)s: %(words)s") % {
        "day": day_words(day_of(one.known_from)), "name": one.by.name, "words": one.words,
    }  # fmt: skip


def _left_words(one: Membership) -> list[Text]:
    left = one.left
    return [_("Still in it")] if left is None else [day_words(day_of(left.known_from)), left.by.name, left.reason]


def _moved_words(one: Membership) -> str:
    if one.left is None:
        return number_words(one.entered.score)
    moved = change(one.entered.score, one.left.score)
    both = f"{number_words(one.entered.score)} → {number_words(one.left.score)}"
    return both if moved is None else f"{both} ({moved:+.1f})".replace("-", "−")


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


def whose_words(one: ScoreChallenged) -> Text:
    return words.WHOSE[one.whose]
