"""What the page of a breach history shows: what is counted, what does not agree, each incident from every standpoint (P06)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from craffu.breaches.history.facts import Counts, Disagreement, Disagreements, OrderCounts, Row
from craffu.breaches.history.rules import How, Link
from craffu.breaches.ledger.kinds import STANDING_AS, Standpoint
from craffu.breaches.ledger.states import Status as Stands
from craffu.breaches.models import BreachOfOrder, BreachSource, HistoryPrinted, StandpointTaken
from craffu.breaches.standpoints.rules import CourtResult, Mismatch
from craffu.clocks.london import day_of
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.histories import words
from craffu.web.linkage.presenters import probability_words
from craffu.web.orders import words as order_words
from craffu.web.orders.opening import order_link
from craffu.web.presenters import Link as PageLink
from craffu.web.presenters import Params
from craffu.web.references import address_of
from craffu.web.statuses import SOURCE_WORDS, Status
from craffu.web.triage import words as breach_words
from craffu.web.triage.mismatches import MISMATCHES
from craffu.web.triage.opening import breach_link
from craffu.web.triage.presenters import between_words
from craffu.web.work.words import QUEUES

IN_ORDER: Final = (Standpoint.REPORTED, *STANDING_AS.values())


def left_out_words(rows: Iterable[Row]) -> str:
    """What nobody has confirmed to be this person's, before a paper leaves without it: a court would read that it is not."""
    left = [row for row in rows if not row.link.is_confirmed]
    courts = (row.story.standing(Standpoint.COURT) for row in left)
    proved = sum(court is not None and court.decision == CourtResult.PROVED for court in courts)
    if not left:
        return ""
    return _(
        "Incidents it leaves out, because nobody has confirmed that the records are this person’s: %(number)s. Of those, proved"
        " by a court: %(proved)s. Ask a linkage reviewer to decide on the records before you take it out."
    ) % {"number": len(left), "proved": proved}


def counted_words(found: Counts) -> str:
    """The line of a person's header: what is recorded and proved, and by name what is not counted."""
    said = [
        _("Breaches: %(recorded)s recorded, %(proved)s proved.")
        % {"recorded": f"{found.recorded:,}", "proved": f"{found.proved:,}"}
    ]
    if found.undecided:
        said.append(_("Possible, not counted: %(number)s.") % {"number": f"{found.undecided:,}"})
    if found.unlinked:
        said.append(
            _("On records that await a linkage decision, not counted: %(number)s.")
            % {"number": f"{found.unlinked:,}"}
        )  # fmt: skip
    return " ".join(said)


def counts_list(found: Counts) -> Params:
    """Each count by its name. They are never added up."""
    rows = (
        (_("Recorded"), found.recorded),
        (_("Accepted by police"), found.police_accepted),
        (_("Charged"), found.charged),
        (_("Proved"), found.proved),
        (_("Not proved"), found.not_proved),
        (breach_words.DECIDED[Standpoint.COURT][CourtResult.QUASHED], found.quashed),
        (_("Undetected"), found.undetected),
        (_("No action"), found.no_action),
    )
    table = cells.table(
        _("Each count by its name"),
        [(name, "numeric") for name, _number in rows],
        [[cells.number(number) for _name, number in rows]],
        is_hidden=True,
    )
    return {**table, "firstCellIsHeader": False}


def orders_table(found: Iterable[OrderCounts]) -> Params | None:
    """Each order with what is counted of it; None where there is no order and no breach."""
    rows = [
        [
            cells.link(order_link(one.order.reference), order_words.kind_words(one.order.kind, is_interim=one.order.is_interim))
            if one.order
            else cells.words(words.NO_ORDER),
            *(
                cells.number(number)
                for number in (one.recorded, one.charged, one.proved, one.not_proved, one.no_action, one.undecided)
            ),
        ]
        for one in found
    ]  # fmt: skip
    head: list[cells.Heading] = [
        _("Order"), (_("Recorded"), "numeric"), (_("Charged"), "numeric"), (_("Proved"), "numeric"),
        (_("Not proved"), "numeric"), (_("No action"), "numeric"), (_("Possible, not counted"), "numeric"),
    ]  # fmt: skip
    return cells.table(_("Summary by order"), head, rows, is_hidden=True) if rows else None


def disagreed_words(found: Disagreements) -> str:
    number = f"{found.total:,}"
    return _("%(number)s or more") % {"number": number} if found.is_at_least else number


def disagreements_table(found: Sequence[Disagreement], now: datetime, *, has_links: bool, has_owners: bool) -> Params:
    """`has_owners` says that it is read as it stands: whose work something was earlier, nothing here says."""
    whose: list[cells.Heading] = [_("Whose work")] if has_owners else []
    head: list[cells.Heading] = [_("Breach"), _("What does not agree"), *whose, _("Since")]
    rows = [
        [
            _named(one.breach, has_links=has_links),
            cells.words(mismatch_words(one.code)),
            *([cells.words(_whose(one))] if has_owners else []),
            cells.lines([day_words(day_of(one.since)), age_words(now - one.since)]),
        ]
        for one in found
    ]
    return cells.table(_("Does not agree"), head, rows, is_hidden=True)


def mismatch_words(code: str) -> str:
    return _("%(code)s: %(words)s") % {"code": code, "words": MISMATCHES[Mismatch(code)]}


def _whose(one: Disagreement) -> str:
    if one.owner:
        return one.owner
    if one.is_past and not one.queue:
        return _("Nobody’s: it was long past when it became known")
    return (
        _("Nobody yet, in the queue: %(queue)s") % {"queue": QUEUES.get(one.queue, one.queue)}
        if one.queue
        else _("Nobody yet")
    )


def age_words(length: timedelta) -> str:
    """For how long: in whole hours of the first two days, then in days."""
    hours = int(length.total_seconds() // 3600)
    if hours < 48:
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    return ngettext("%(number)s day", "%(number)s days", hours // 24) % {"number": hours // 24}


def _named(reference: str, *, has_links: bool) -> Params:
    """A breach by its reference, which leads to where it is decided for whoever opens that page."""
    return cells.link(breach_link(reference)) if has_links else cells.words(reference)


def refs_of(row: Row) -> set[str]:
    """The records that a row names, as the log does."""
    return {f"breach/{row.breach.reference}", *(f"order/{one.order.reference}" for one in row.ties)}


def at_a_door(person: str, *, may_report: bool, may_view: bool) -> list[PageLink]:
    """Where one more is reported, and the words that stand now."""
    return [
        *(
            [PageLink(_("Report a possible breach"), address_of("person_breach_new", "person", person))]
            if may_report
            else []
        ),
        *(
            [PageLink(_("Is this a breach? The terms that stand now"), address_of("person_now", "person", person))]
            if may_view
            else []
        ),
    ]


def prints(person: str, day: date | None) -> list[PageLink]:
    """Where it is taken out on paper, as known on the day that the page shows."""
    query = f"?known-at={day.isoformat()}" if day else ""
    return [
        PageLink(_("Print for court"), address_of("breaches_print", "person", person) + query),
        PageLink(_("Answer another force"), address_of("breaches_answer", "person", person) + query),
    ]


def printed_table(person: str, printed: Iterable[HistoryPrinted]) -> Params | None:
    """On which papers it left before, each with where it opens again."""
    head: list[cells.Heading] = [_("Printed"), _("By"), _("As known"), (_("Incidents"), "numeric")]
    rows = [
        [
            cells.link(PageLink(instant_words(one.known_from), _printed_at(person, one.pk))),
            cells.words(one.by.name),
            cells.words(instant_words(one.known_at) if one.known_at else _("When it was printed")),
            cells.number(one.incidents),
        ]
        for one in printed
    ]
    return cells.table(_("Papers that left before"), head, rows) if rows else None


def _printed_at(person: str, number: int) -> str:
    address: str = reverse("breaches_printed", kwargs={"person": person, "number": number})
    return address


def printed_list(one: HistoryPrinted) -> Params:
    """One paper as it left, with its digests whole. For whom it was stands on it and in the log."""
    rows = [
        (_("Printed"), instant_words(one.known_from)),
        (_("By"), one.by.name),
        (_("As known"), instant_words(one.known_at) if one.known_at else _("When it was printed")),
        (_("Incidents"), str(one.incidents)),
        (_("Left out"), str(one.left_out)),
        (_("Digest of what is told (SHA-256)"), one.facts),
        (_("SHA-256"), one.sha256),
    ]
    return {"rows": [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]}


def happened_words(row: Row) -> str:
    """When it happened, in London: a day where no source gives a time."""
    days = happened_on(row)
    if row.breach.is_day_only or days[0] != days[1]:
        return _days_words(*days)
    return instant_words(row.breach.happened_from)


def happened_on(row: Row) -> tuple[date, date]:
    """The first and the last day on which it may have happened: one day twice where that is known."""
    return day_of(row.breach.happened_from), day_of(row.breach.happened_to)


def _days_words(first: date, last: date) -> str:
    return day_words(first) if first == last else between_words(day_words(first), day_words(last))


def stands_as(row: Row) -> Status:
    """How it stands with the police: what somebody reported as a breach and nobody has decided is on record, and what the clock
    alone raised is possible, as each is counted (BRC-07).
    """
    is_reported = row.status == Stands.POSSIBLE and row.is_said
    return words.REPORTED if is_reported else breach_words.STATUS[row.status]


def broken_words(row: Row) -> list[str]:
    """Each condition broken with its version, or the order alone where nobody knows which."""
    said = [_tie_words(one) for one in row.ties]
    if row.is_partly_shut:
        said.append(str(words.SHUT_ORDER))
    return said or [str(words.NO_ORDER)]


def _tie_words(one: BreachOfOrder) -> str:
    if one.condition is None:
        return _("%(order)s, no condition named") % {"order": one.order.reference}
    return _("%(order)s, condition %(number)s, version %(version)s") % {
        "order": one.order.reference, "number": one.condition.number, "version": one.condition.terms.number,
    }  # fmt: skip


def source_words(row: Row) -> list[str]:
    """Who tells of it, by the number it has there, and when it was received."""
    return [_source_words(one, ", ".join(row.numbers_of(one)), get_language()) for one in row.story.sources]


def _source_words(one: BreachSource, at_court: str, language: str | None) -> str:
    """`at_court` is by what number a court finds a charge."""
    kind, when = _told_by(one.kind, language), instant_words(one.known_from)
    number = one.key if one.kind in breach_words.NUMBERED else at_court
    if number:
        source = SOURCE_WORDS.get(one.source, one.source)
        said = {"kind": kind, "source": source, "key": number, "when": when}
        # What probation tells is called as who tells it.
        if kind == str(source):
            return _("%(source)s %(key)s, received %(when)s") % said
        return _("%(kind)s: %(source)s %(key)s, received %(when)s") % said
    if one.source in SOURCE_WORDS:
        said = {"kind": kind, "source": SOURCE_WORDS[one.source], "when": when}
        return _("%(kind)s: %(source)s, received %(when)s") % said
    return _("%(kind)s, received %(when)s") % {"kind": kind, "when": when}


def link_words(link: Link) -> str:
    """Whose word joins the record to the person, or how probable a model found it."""
    if link.how is How.OWN:
        return _("Record of this person, as its source says")
    if link.how is How.PERSON:
        said = {"name": link.by, "day": day_words(day_of(link.since)) if link.since else ""}
        return _("Record linked by %(name)s, %(day)s") % said
    return _("Record linked by a model at %(probability)s, not confirmed") % {
        "probability": probability_words(link.probability)
    }


def pair_link(link: Link) -> str:
    return address_of("linkage_pair", "pair", link.pair) if link.pair else ""


def standing_words(row: Row, standpoint: Standpoint) -> list[str]:
    """What a standpoint last said, and when; that nothing was received, where it said nothing."""
    word = row.story.standing(standpoint)
    if word is None:
        return [str(words.NOTHING)]
    if standpoint is Standpoint.REPORTED:
        # A report decides nothing: who told is what there is to say of it.
        told = dict.fromkeys(_told_by(one.kind, get_language()) for one in row.story.sources)
        return [*told, day_words(day_of(word.at))]
    return [decided_words(word), day_words(day_of(word.at))]


def _viewed_words(row: Row, standpoint: Standpoint) -> list[str]:
    """The same where no source stands beside it: with the number by which a court finds what was charged."""
    return [*standing_words(row, standpoint), *(row.ptiurns if standpoint is Standpoint.PROSECUTION else ())]


def decided_words(word: StandpointTaken) -> str:
    return _decided(word.standpoint, word.decision, get_language())


# A page of fifty says the same few words hundreds of times over.
@lru_cache(maxsize=256)
def _decided(standpoint: str, decision: str, _language: str | None) -> str:
    return str(breach_words.DECIDED[standpoint].get(decision, decision))


@lru_cache(maxsize=64)
def _standpoint(one: str, _language: str | None) -> str:
    return str(breach_words.STANDPOINTS[one])


@lru_cache(maxsize=64)
def _told_by(kind: str, _language: str | None) -> str:
    return str(breach_words.FOUND_BY[kind])


def views_table(rows: Iterable[Row], *, has_links: bool) -> Params:
    """One row for each incident, one column for each standpoint (W4)."""
    head: list[cells.Heading] = [_("Breach"), _("Happened"), _("Order and condition named")]
    head += [breach_words.STANDPOINTS[one] for one in IN_ORDER]
    found = [
        [
            _named(row.breach.reference, has_links=has_links),
            cells.words(happened_words(row)),
            cells.lines(broken_words(row)),
            *(cells.lines(_viewed_words(row, one)) for one in IN_ORDER),
        ]
        for row in rows
    ]
    return cells.table(_("Each incident from every standpoint"), head, found, is_hidden=True)


def rows_table(rows: Iterable[Row], *, has_links: bool, has_pairs: bool) -> Params:
    """`has_pairs` says that the reader may open the pairs of which somebody said that they are one person."""
    head: list[cells.Heading] = [
        _("Breach"), _("Happened"), _("Order and condition named"), _("How it stands"), _("Sources"), _("Link"),
        _("Does not agree"),
    ]  # fmt: skip
    found = [
        [
            _named(row.breach.reference, has_links=has_links),
            cells.words(happened_words(row)),
            cells.lines(broken_words(row)),
            cells.tag(stands_as(row).tag, _last_decided(row)),
            cells.lines(source_words(row)),
            _link_cell(row.link, has_pairs=has_pairs),
            cells.lines(mismatch_words(one) for one in row.mismatches) if row.mismatches else cells.words(_("Nothing")),
        ]
        for row in rows
    ]
    return cells.table(_("Breaches"), head, found, is_hidden=True)


def last_table(rows: Iterable[Row], *, has_links: bool) -> Params:
    """The last of them, as a person's own page has room for."""
    head: list[cells.Heading] = [_("Breach"), _("Happened"), _("Order and condition named"), _("How it stands")]
    found = [
        [
            _named(row.breach.reference, has_links=has_links),
            cells.words(happened_words(row)),
            cells.lines(broken_words(row)),
            cells.tag(stands_as(row).tag, _last_decided(row)),
        ]
        for row in rows
    ]
    return cells.table(_("The last breaches"), head, found, is_hidden=True)


def _link_cell(link: Link, *, has_pairs: bool) -> Params:
    to = pair_link(link) if has_pairs else ""
    return cells.link(PageLink(link_words(link), to)) if to else cells.words(link_words(link))


def _last_decided(row: Row) -> str:
    """What was decided furthest along: by a court, else by the prosecution."""
    for one in (Standpoint.COURT, Standpoint.PROSECUTION):
        word = row.story.standing(one)
        if word is not None:
            return f"{_standpoint(one, get_language())}: {decided_words(word)}"
    return ""


def timeline(rows: Iterable[Row], *, has_links: bool) -> Params:
    """Grouped by the day on which each happened, or between which days, the latest first."""
    return {
        "headingLevel": 3,
        "days": [
            {"label": _days_words(*days), "items": [_item(row, has_links=has_links) for row in several]}
            for days, several in groupby(rows, key=happened_on)
        ],
    }


def _item(row: Row, *, has_links: bool) -> Params:
    language = get_language()
    said = [
        *broken_words(row),
        *source_words(row),
        *(
            f"{_standpoint(one, language)}: {', '.join(standing_words(row, one))}"
            for one in IN_ORDER
            if one is not Standpoint.REPORTED and row.story.standing(one) is not None
        ),
        link_words(row.link),
    ]
    tags = [stands_as(row).tag]
    tags += [
        {"text": _("Does not agree: %(code)s") % {"code": one.value}, "classes": "govuk-tag--orange"}
        for one in row.mismatches
    ]
    return {
        "title": cells.link(breach_link(row.breach.reference))["html"] if has_links else row.breach.reference,
        "time": {"text": happened_words(row), "datetime": row.breach.happened_from.isoformat()},
        "tags": tags,
        "html": cells.lines(said)["html"],
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """A source that a history is asked of, and when it was last received, in words."""

    source: str
    when: str
    is_missing: bool


def asked_of(kinds: Iterable[str], heard: Mapping[str, datetime]) -> list[Asked]:
    return [
        Asked(
            str(SOURCE_WORDS[kind]),
            instant_words(heard[kind]) if kind in heard else _("not received yet"),
            kind not in heard,
        )
        for kind in kinds
    ]
