"""What today asks of whoever looks after accounts that nobody signs in with, tokens of programs, and who is told of changes."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.access.tokens.queries import standing_of as token_stands
from craffu.access.tokens.queries import tokens_in
from craffu.access.tokens.rules import Standing as TokenStanding
from craffu.access.unattended.queries import Service, services_to_look_at
from craffu.access.unattended.rules import Standing
from craffu.access.webhooks.queries import standing_of, webhooks_in
from craffu.access.webhooks.rules import Standing as WebhookStanding
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.web.court.words import day_words
from craffu.web.home.row import SOON, Row, Section, by_when
from craffu.web.presenters import Params, Text
from craffu.web.statuses import SERVICE_STATUS, TOKEN_STATUS, WEBHOOK_STATUS

SERVICE_TASKS: dict[Standing, Text] = {
    Standing.WAITS: gettext_lazy("Approve or end service account %(name)s"),
    Standing.ENDS_SOON: gettext_lazy("Have service account %(name)s approved again"),
    Standing.EXPIRED: gettext_lazy("Have service account %(name)s approved again or end it"),
    Standing.UNOWNED: gettext_lazy("End service account %(name)s: nobody answers for it"),
}


def services_to_approve(by: Acting, today: date) -> list[Row]:
    """Service accounts that rest, or will soon: for whoever answers for them, and whoever looks after accounts."""
    now = clock.now()
    found = services_to_look_at(by, now, looks_after_all=by.holds_any("administrator"))
    return [_service_row(one, today) for one in found if one.standing in SERVICE_TASKS]


def tokens_to_approve(by: Acting, _today: date) -> list[Row]:
    """API tokens of others that wait for whoever looks after accounts. One query."""
    now = clock.now()
    waiting = [one for one in tokens_in(by) if one.user != by.user and token_stands(one, now) is TokenStanding.WAITS]
    return [
        Row(
            Section.TODAY,
            _("Approve or end API token %(reference)s") % {"reference": one.reference},
            reverse("token_detail", kwargs={"token": one.reference}),
            f"{one.user.name}: {one.purpose}",
            TOKEN_STATUS[TokenStanding.WAITS].tag,
            (f"api_token/{one.reference}",),
        )
        for one in waiting
    ]


WEBHOOK_TASKS: dict[WebhookStanding, Text] = {
    WebhookStanding.WAITS: gettext_lazy("Approve or end webhook %(reference)s"),
    WebhookStanding.STOPPED: gettext_lazy("Begin webhook %(reference)s again or end it: its receiver does not answer"),
    WebhookStanding.NO_TOKEN: gettext_lazy("End webhook %(reference)s: its token does not work"),
}


def webhooks_to_look_at(by: Acting, _today: date) -> list[Row]:
    """Webhooks that wait for a second person, were stopped, or lost their token. One query."""
    now = clock.now()
    found = [(one, standing_of(one, now)) for one in webhooks_in(by)]
    return [
        Row(
            Section.TODAY,
            str(WEBHOOK_TASKS[stands]) % {"reference": one.reference},
            reverse("webhook_detail", kwargs={"webhook": one.reference}),
            one.purpose,
            WEBHOOK_STATUS[stands].tag,
            (f"webhook/{one.reference}",),
        )
        for one, stands in found
        if stands in WEBHOOK_TASKS
        and not (stands is WebhookStanding.WAITS and by.user in {one.asked_by, one.token.user})
    ]


def _service_row(one: Service, today: date) -> Row:
    section, tag = _service_when(one, today)
    return Row(
        section,
        str(SERVICE_TASKS[one.standing]) % {"name": one.account.name},
        reverse("service_detail", kwargs={"service": one.account.name}),
        ", ".join(one.work),
        tag,
        (f"service/{one.account.name}",),
    )


def _service_when(one: Service, today: date) -> tuple[Section, Params]:
    """By when it should be approved again: a week before it rests, so that nobody's holiday stops it."""
    if one.standing is Standing.WAITS:
        return Section.TODAY, SERVICE_STATUS[one.standing].tag
    if one.until is None or one.standing is not Standing.ENDS_SOON:
        return Section.NOW, SERVICE_STATUS[one.standing].tag
    rests = day_of(one.until)
    due = rests - SOON
    if today < due:
        return Section.WEEK, by_when(due, today)
    return Section.TODAY, {"text": _("Rests from %(day)s") % {"day": day_words(rests)}, "classes": "govuk-tag--orange"}
