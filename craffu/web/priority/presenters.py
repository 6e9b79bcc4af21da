"""What the page of the order of review shows: whom, in which order, and by which population, scheme and run (PRI-01)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from craffu.clocks.london import day_of
from craffu.people.queries import Identity
from craffu.prevention.deciding.queries import Decided, is_open
from craffu.prevention.deciding.rules import Said
from craffu.prevention.models import (
    PopulationDefined,
    SchemeAdopted,
    ScoreRun,
    ScoreStands,
)
from craffu.prevention.scoring.queries import First
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.people.presenters import name_shown
from craffu.web.presenters import Link, Params, Text
from craffu.web.priority import words
from craffu.web.references import address_of
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
