"""Webhooks of a force as they stand, what each was to tell, and those that tell something now (ADR 94)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.tokens.models import ApiToken
from craffu.access.tokens.queries import standing_of as token_stands
from craffu.access.tokens.rules import Standing as TokenStanding
from craffu.access.webhooks.models import Webhook, WebhookDelivery
from craffu.access.webhooks.rules import Event, Facts, Standing, events_in, standing

_MOST_SHOWN: Final = 50
_WITH = ("token", "token__user", "asked_by", "approved_by")


def standing_of(hook: Webhook, now: datetime) -> Standing:
    works = token_stands(hook.token, now) is TokenStanding.WORKS and hook.token.user.is_active
    return standing(Facts(hook.approved_at is not None, hook.stopped_at is not None, hook.ended_at is not None, works))


def webhooks_in(by: Acting) -> list[Webhook]:
    """Those of the reader's force that are not ended, the newest first. One query."""
    return list(Webhook.objects.filter(force=by.force, ended_at=None).select_related(*_WITH))


def find_webhook(by: Acting, reference: str) -> Webhook | None:
    rows = Webhook.objects.filter(force=by.force, reference=reference)
    found: Webhook | None = rows.select_related(*_WITH).first()
    return found


def token_to_read_by(by: Acting, reference: str) -> ApiToken | None:
    """A token of the force by its number; whether it works is its own question."""
    found: ApiToken | None = (
        ApiToken.objects.filter(user__force=by.force, reference=reference).select_related("user").first()
    )
    return found


def latest_of(hook: Webhook) -> list[WebhookDelivery]:
    """The fifty latest tellings, the newest first. One query."""
    return list(WebhookDelivery.objects.filter(webhook=hook)[:_MOST_SHOWN])


@dataclass(frozen=True, slots=True)
class Listener:
    """A webhook that works, what it is to be told of, and whoever its token asks as: their sight is its own."""

    hook: Webhook
    events: frozenset[Event]
    reader: Acting


def listeners(by: Acting, now: datetime) -> list[Listener]:
    """Those that are told something now. One query where there are none."""
    rows = Webhook.objects.filter(force=by.force, ended_at=None, stopped_at=None, approved_at__isnull=False)
    found = [
        one for one in rows.select_related("token", "token__user", "force") if standing_of(one, now) is Standing.WORKS
    ]
    return [Listener(one, events_in(one.events), reader_of(one)) for one in found]


def reader_of(hook: Webhook) -> Acting:
    """Whoever the token of a webhook asks as, as they stand now."""
    user = User.objects.select_related("force").get(pk=hook.token.user_id)
    return acting_user(user, f"{hook.token.reference}/{hook.reference}")
