"""A breach history on paper: facts alone, confirmed links alone, nothing of a victim's contacts (page map, section 6).

Nothing that anybody wrote freely about an incident is in it, so that it names no victim; what the system alone found is left out
and counted.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked
from craffu.access.roles import BY_KEY
from craffu.breaches.history.actions import facts_of, keep_printed
from craffu.breaches.history.facts import ASKED, Row, Seen
from craffu.breaches.history.printing import For, NewHistoryPaper, purposes_of
from craffu.breaches.history.queries import awaiting, counted, counts, every_row, links_of, seen, versions_of
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.models import HistoryPrinted
from craffu.breaches.standpoints.rules import CourtResult
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.documents.papers import Block, Bullets, Facts, Grid, Heading, Paper, Paragraph
from craffu.intake.queries import last_heard
from craffu.orders.models import Order
from craffu.people.models import Person
from craffu.people.queries import identity_of, pnc_id, provenance_of
from craffu.web.court.words import day_words, instant_words
from craffu.web.histories import presenters, words
from craffu.web.orders import words as order_words
from craffu.web.orders.presenters import until_words
from craffu.web.papers.printing import press
from craffu.web.papers.sheet import facts_row
from craffu.web.people.presenters import born_words, name_shown
from craffu.web.people.use import USE, use_notices
from craffu.web.presenters import Marking
from craffu.web.profiles.words import language
from craffu.web.statuses import SOURCE_WORDS
from craffu.web.triage import words as breach_words

# What is told of an incident from each standpoint; that somebody was told of it is no fact about it.
TOLD: Final = (Standpoint.REPORTED, Standpoint.POLICE, Standpoint.PROSECUTION, Standpoint.COURT, Standpoint.PROBATION)


def print_history(
    *, by: Acting, person: Person, printed_for: str, asked: Asked, basis: str = "", known_at: datetime | None = None
) -> tuple[HistoryPrinted, bytes]:
    """The history as it leaves, kept and logged. Raises NotPermitted, NotNow, Conflict, FactorNotFresh and Refusal."""
    now, of = clock.now(), seen(by, person, known_at)
    rows = list(every_row(by, of, now))
    shown = [row for row in rows if row.is_told]
    facts = facts_of(shown)
    paper = _paper(by, of, rows, shown, printed_for, asked, basis, facts, now)
    content = press(paper)
    new = NewHistoryPaper(printed_for, language(), len(shown), len(rows) - len(shown), facts, content, basis)
    refs = [f"breach/{row.breach.reference}" for row in shown]
    kept = keep_printed(by=by, person=person.reference, paper=new, asked=asked, refs=refs, known_at=known_at, now=now)
    return kept, content


def _paper(
    by: Acting,
    of: Seen,
    rows: Sequence[Row],
    shown: Sequence[Row],
    printed_for: str,
    asked: Asked,
    basis: str,
    facts: str,
    now: datetime,
) -> Paper:
    role = str(BY_KEY[by.actor.role].title) if by.actor.role in BY_KEY else by.actor.role
    name = by.user.name if by.user else by.actor.name
    said = {"when": instant_words(now), "name": name, "role": role, "recipient": asked.told_to}
    heard = last_heard(by, ASKED, of.known_at)
    blocks: list[Block] = [
        Heading(_("What it is for")),
        Facts(tuple(_about(by, of, printed_for, asked, basis, now))),
        Heading(_("Sources asked")),
        Grid(
            _("Sources asked, and when each was last received"),
            (_("Source"), _("Last received")),
            tuple(
                (str(SOURCE_WORDS[kind]), instant_words(heard[kind]) if kind in heard else _("Not received yet"))
                for kind in ASKED
            ),
        ),
        Heading(_("Orders and their versions")),
        *_orders(by, of),
        Heading(_("Incidents")),
        Paragraph(_("Each incident stands once, whatever number of conditions it broke and of sources that tell of it.")),
        *_incidents(shown, is_whole=len(shown) == len(rows)),
        Heading(_("What does not agree")),
        *_disagreeing(shown),
        Heading(_("What is missing")),
        Bullets(tuple(_missing(by, of, rows))),
        Heading(_("Certificate")),
        Paragraph(
            _(
                "I certify that this is a true copy of what is recorded in the register of %(force)s of this person, as it was"
                " known at the time above."
            )
            % {"force": by.force.name_cy if language() == "cy" else by.force.name_en},
            keeps_with_next=True,
        ),
        Facts((
            facts_row(_("Name"), name),
            facts_row(_("Role"), role),
            facts_row(_("Signature"), "_" * 30),
            facts_row(_("Digest of what is told (SHA-256)"), facts),
        )),
    ]  # fmt: skip
    reference = of.person.reference
    return Paper(
        title=_("Breach history: %(reference)s") % {"reference": reference},
        language=language(),
        marking=str(Marking.OFFICIAL_SENSITIVE.words),
        reference=reference,
        printed=_("Printed %(when)s by %(name)s, %(role)s, for %(recipient)s. Out of date after 24 hours.") % said,
        page_words=_("Page {page} of {pages}"),
        made_at=now,
        blocks=tuple(blocks),
    )


def _about(
    by: Acting, of: Seen, printed_for: str, asked: Asked, basis: str, now: datetime
) -> Iterable[tuple[str, tuple[str, ...]]]:
    # Who it is, like what they did, is told by records that somebody confirmed to be theirs.
    confirmed = [record for record, link in links_of(by, of, of.records).items() if link.is_confirmed]
    said = provenance_of(by, confirmed or of.records, of.known_at)
    identity = identity_of(of.person, said)
    yield facts_row(_("Person"), name_shown(identity))  # type: ignore[misc]
    yield facts_row(_("Born"), born_words(identity))  # type: ignore[misc]
    yield facts_row(_("PNC ID"), pnc_id(said))  # type: ignore[misc]
    yield facts_row(_("Reference"), of.person.reference)  # type: ignore[misc]
    for notice in use_notices(by, of.records):
        yield facts_row(str(USE), notice.words)  # type: ignore[misc]
    yield facts_row(_("Purpose"), str(purposes_of(printed_for)[asked.purpose]))  # type: ignore[misc]
    yield facts_row(_("Reason"), asked.words)  # type: ignore[misc]
    if printed_for == For.FORCE:
        yield facts_row(_("Force that asks"), asked.organisation)  # type: ignore[misc]
        yield facts_row(_("Officer who asks"), asked.recipient)  # type: ignore[misc]
        yield facts_row(_("Lawful basis"), str(words.BASES[basis]))  # type: ignore[misc]
    else:
        yield facts_row(_("Recipient"), asked.told_to)  # type: ignore[misc]
    # To this time whoever signs it certifies.
    yield facts_row(_("As known"), instant_words(of.known_at or now))  # type: ignore[misc]


def _orders(by: Acting, of: Seen) -> list[Block]:
    orders = [one.order for one in counted(by, of)[1] if one.order is not None and one.order.made_at is not None]
    if not orders:
        return [Paragraph(_("No order that a court made or police gave is held of this person."))]
    versions = versions_of(by, of, [one.pk for one in orders])
    return [
        Grid(
            _("Orders and their versions"),
            (_("Order"), _("Kind"), _("Made"), _("Served"), _("Until"), _("Versions of its words")),
            tuple(_order(one, versions.get(one.pk, ())) for one in orders),
        )
    ]


def _order(order: Order, versions: Iterable[tuple[int, datetime]]) -> tuple[str, ...]:
    worded = [_("%(number)s from %(day)s") % {"number": n, "day": day_words(day_of(at))} for n, at in versions]
    return (
        order.reference,
        order_words.kind_words(order.kind, is_interim=order.is_interim),
        instant_words(order.made_at) if order.made_at else _("Not recorded"),
        instant_words(order.served_at) if order.served_at else _("Not recorded"),
        until_words(order),
        "; ".join(worded) or _("None recorded."),
    )


def _incidents(rows: Sequence[Row], *, is_whole: bool) -> list[Block]:
    """Proved, not proved and undecided by a court apart, each by the day on which it happened.

    That none is told is not that none is recorded, where something was left out.
    """
    proved: list[Row] = []
    ended: list[Row] = []
    open_: list[Row] = []
    for row in reversed(rows):
        court = row.story.standing(Standpoint.COURT)
        (open_ if court is None else proved if court.decision == CourtResult.PROVED else ended).append(row)
    parts = (
        (_("Proved by a court (%(number)s)"), proved),
        (_("Not proved by a court, or quashed (%(number)s)"), ended),
        (_("Not decided by a court (%(number)s)"), open_),
    )
    found: list[Block] = []
    for title, several in parts:
        named = title % {"number": len(several)}
        found.append(Heading(named, 2))
        if several:
            # Nobody is told that something was broken which is only alleged.
            columns = (
                _("Incident"), _("Order and condition named"), _("What was decided"), _("Sources and their numbers"),
            )  # fmt: skip
            found.append(Grid(named, columns, tuple(_incident(row) for row in several), widths=(3, 4, 5, 5)))
        else:
            none = _("None that this paper may tell: “What is missing” says what was left out.")
            found.append(Paragraph(_("None recorded.") if is_whole else none))
    return found


def _incident(row: Row) -> tuple[str, ...]:
    decided = [
        f"{breach_words.STANDPOINTS[one]}: {', '.join(presenters.standing_words(row, one))}"
        for one in TOLD
        if row.story.standing(one) is not None
    ]
    silent = [str(breach_words.STANDPOINTS[one]) for one in TOLD if row.story.standing(one) is None]
    if silent:
        decided.append(f"{words.NOTHING}: {', '.join(silent)}")
    return (
        f"{row.breach.reference}, {presenters.happened_words(row)}",
        "\n".join(presenters.broken_words(row)),
        "\n".join(decided),
        "\n".join([*presenters.source_words(row), presenters.link_words(row.link)]),
    )


def _disagreeing(rows: Sequence[Row]) -> list[Block]:
    found = tuple(
        (row.breach.reference, "\n".join(map(presenters.mismatch_words, row.mismatches)))
        for row in reversed(rows)
        if row.mismatches
    )
    if not found:
        return [Paragraph(_("Nothing that is told above contradicts anything else that is told above."))]
    return [Grid(_("What does not agree"), (_("Incident"), _("What does not agree")), found, widths=(1, 5))]


def _missing(by: Acting, of: Seen, rows: Sequence[Row]) -> Iterable[str]:
    """What this paper does not hold, and why."""
    heard = last_heard(by, ASKED, of.known_at)
    for kind in ASKED:
        if kind not in heard:
            yield _("%(source)s: nothing has been received") % {"source": SOURCE_WORDS[kind]}
    waiting = awaiting(by, of)
    unlinked = counts(by, of, waiting).unlinked
    undecided = sum(row.link.is_confirmed and not row.is_told for row in rows)
    unconfirmed = sum(not row.link.is_confirmed for row in rows)
    numbers = (
        (_("Possible breaches that nobody has decided, left out: %(number)s"), undecided),
        (_("Incidents on records that a model linked and nobody confirmed, left out: %(number)s"), unconfirmed),
        (_("Records that await a linkage decision: %(number)s"), len(waiting)),
        (_("Incidents on those records, left out: %(number)s"), unlinked),
    )
    for said, number in numbers:
        yield said % {"number": number}
    yield _("What other forces hold, and what is restricted from whoever printed this, is not in it.")
