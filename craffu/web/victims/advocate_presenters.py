"""What is shown of a victim's advocates and help, and to an advocate of the victims who named them (P17; VIC-10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craffu.access.acting import Acting
from craffu.victims.advocates.queries import Client, Update, advocates_of, ended_on, standing_now
from craffu.victims.advocates.rules import AdvocateMay
from craffu.victims.contacts.queries import PromiseStands
from craffu.victims.models import Advocate
from craffu.victims.queries import Victim
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Link, Params
from craffu.web.victims.words import EXCUSES, HAPPENINGS, PROMISES


@dataclass(frozen=True, slots=True)
class SupportCard:
    """The part of a victim's page about who helps them; `advocates` is None where they named none."""

    advocates: Params | None
    more_help: Link
    more_advocates: Link


def support_card(by: Acting, victim: Victim, on: date) -> SupportCard:
    """Who may speak for them on a day, and where it stands what help they were offered. One query."""
    named = advocates_of(by, victim.records)
    kwargs = {"victim": victim.reference}
    return SupportCard(
        advocates_table(named, victim, on),
        Link(_("Safety and help"), reverse("victim_safety", kwargs=kwargs)),
        Link(_("Advocates"), reverse("victim_advocate", kwargs=kwargs)),
    )


def advocates_table(advocates: Sequence[Advocate], victim: Victim, on: date, *, may_end: bool = False) -> Params | None:
    """Each advocate: since when, whether they may speak now, and where that is ended."""
    head: list[cells.Heading] = [_("Advocate"), _("Named on"), _("Consent from"), _("Stands"), _("Account here")]
    rows = [
        [
            cells.lines([one.name, one.organisation]),
            cells.words(day_words(one.named_on)),
            cells.words(day_words(one.consent_on)),
            _stands(one, victim, on, may_end=may_end),
            cells.words(one.user.username if one.user else _("None")),
        ]
        for one in advocates
    ]
    return cells.table(_("Advocates"), head, rows, is_hidden=True) if rows else None


def _stands(one: Advocate, victim: Victim, on: date, *, may_end: bool) -> Params:
    ended = ended_on(one)
    if ended is not None:
        return cells.tag({"text": pgettext("advocate", "Ended"), "classes": "govuk-tag--grey"}, day_words(ended))
    why = standing_now(one, victim, AdvocateMay.GIVE_HER_VIEW, on)
    if why is not None:
        return cells.tag({"text": _("Not yet"), "classes": "govuk-tag--yellow"})
    speaks = {"text": _("Speaks for them"), "classes": "govuk-tag--green"}
    if not may_end:
        return cells.tag(speaks)
    href = reverse("victim_advocate_end", kwargs={"victim": victim.reference, "number": one.pk})
    return cells.tag_and_link(speaks, Link(_("End it"), href), one.name)


@dataclass(frozen=True, slots=True)
class ForClient:
    """One victim who named the reader, and a table about them; None where there is nothing to show."""

    name: str
    since: str
    table: Params | None


def _for(client: Client, table: Params | None) -> ForClient:
    since = _("They named you. You see what is from %(day)s or later.") % {"day": day_words(client.since)}
    return ForClient(client_name(client), since, table)


def client_name(client: Client) -> str:
    """An advocate knows whom they speak for by name."""
    return client.identity.name or client.victim.reference


def promises(clients: Iterable[Client], made: Mapping[str, Sequence[PromiseStands]]) -> list[ForClient]:
    """Promises due, kept and missed, the last due first."""
    return [_for(one, _promises(made[one.victim.reference])) for one in clients]


def _promises(made: Sequence[PromiseStands]) -> Params | None:
    head: list[cells.Heading] = [_("Promised for"), _("How it stands"), _("Made")]
    rows = [
        [
            cells.words(instant_words(one.promise.due_at)),
            cells.tag(PROMISES[one.stands.status].tag, EXCUSES[one.excuse.reason] if one.excuse else ""),
            cells.words(instant_words(one.made.at) if one.made else _("Not made")),
        ]
        for one in reversed(made)
    ]
    return cells.table(_("Promises"), head, rows, is_hidden=True) if rows else None


def updates(clients: Iterable[Client], told: Mapping[str, Sequence[Update]]) -> list[ForClient]:
    """What each victim was told, the last first."""
    return [_for(one, _updates(told[one.victim.reference])) for one in clients]


def _updates(told: Sequence[Update]) -> Params | None:
    head: list[cells.Heading] = [_("When"), _("About"), _("What they were told")]
    rows = [
        [
            cells.words(instant_words(one.at)),
            cells.lines([HAPPENINGS[each] for each in one.told_of] or [_("Nothing in particular")]),
            cells.lines(one.words.splitlines() or [_("No words were written down")]),
        ]
        for one in told
    ]
    return cells.table(_("Updates"), head, rows, is_hidden=True) if rows else None
