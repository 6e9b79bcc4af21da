"""What the pages about webhooks show: who is told of what and whither, how it stands, and what came of each telling."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.tokens.models import ApiToken
from craffu.access.tokens.queries import standing_of as token_stands
from craffu.access.tokens.rules import Standing as TokenStanding
from craffu.access.webhooks.models import Webhook, WebhookDelivery
from craffu.access.webhooks.queries import standing_of
from craffu.access.webhooks.rules import Event, events_in
from craffu.web import cells
from craffu.web.court.words import instant_words
from craffu.web.presenters import Link, Params
from craffu.web.statuses import DELIVERY_STATUS, WEBHOOK_STATUS
from craffu.web.webhooks.words import EVENTS, answer_words


def ref_of(one: Webhook) -> str:
    return f"webhook/{one.reference}"


def _events(one: Webhook) -> list[str]:
    held = events_in(one.events)
    return [str(words) for event, words in EVENTS.items() if event in held]


def tokens_to_choose(tokens: Sequence[ApiToken], now: datetime) -> list[tuple[str, str]]:
    """Those that work, as a form offers them."""
    works = [one for one in tokens if token_stands(one, now) is TokenStanding.WORKS]
    return [(one.reference, f"{one.reference}: {one.purpose} ({one.user.username})") for one in works]


def table_of(hooks: Sequence[Webhook], now: datetime) -> Params | None:
    head: list[cells.Heading] = [_("Webhook"), _("Who is told"), _("What it is told of"), _("How it stands")]
    rows = [
        [
            cells.link(Link(one.reference, reverse("webhook_detail", kwargs={"webhook": one.reference}))),
            cells.words(one.purpose),
            cells.lines(_events(one)),
            cells.tag(WEBHOOK_STATUS[standing_of(one, now)].tag),
        ]
        for one in hooks
    ]
    return cells.table(_("Webhooks"), head, rows, is_hidden=True) if rows else None


def facts(one: Webhook, now: datetime) -> Params:
    approved = [] if one.approved_by is None or one.approved_at is None else [
        (_("Approved by"), f"{one.approved_by.name} ({one.approved_by.username}), {instant_words(one.approved_at)}")
    ]  # fmt: skip
    stopped = [(_("Stopped"), instant_words(one.stopped_at))] if one.stopped_at else []
    ended = [(_("Ended"), f"{instant_words(one.ended_at)}, {one.ended_by}")] if one.ended_at else []
    pairs = [
        (_("Who is told"), one.purpose),
        (_("Address"), one.address),
        (_("What it is told of"), ", ".join(_events(one))),
        (_("It reads by token"), f"{one.token.reference} ({one.token.user.username})"),
        (_("Set up by"), f"{one.asked_by.name} ({one.asked_by.username}), {instant_words(one.asked_at)}"),
        *approved,
        *stopped,
        *ended,
    ]
    return {
        "rows": [
            {"key": {"text": _("How it stands")}, "value": cells.tag(WEBHOOK_STATUS[standing_of(one, now)].tag)},
            *({"key": {"text": key}, "value": {"text": value}} for key, value in pairs),
        ]
    }


def told_table(rows: Sequence[WebhookDelivery]) -> Params | None:
    """The latest tellings, the newest first; of which records is not for whoever looks after accounts."""
    head: list[cells.Heading] = [_("When"), _("What it was told"), _("What became of it"), _("Tries"), _("Answer")]
    shown = [
        [
            cells.words(instant_words(one.told_at)),
            cells.words(str(EVENTS[Event(one.event)])),
            cells.tag(DELIVERY_STATUS[one.status].tag),
            cells.words(str(one.tries)),
            cells.words(answer_words(one.answer)),
        ]
        for one in rows
    ]
    return cells.table(_("What it was told lately"), head, shown) if shown else None
