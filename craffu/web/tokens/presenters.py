"""What the pages about API tokens show: what each is for and may do, whose it is, how long it works, and its last use."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.tokens.models import ApiToken
from craffu.access.tokens.queries import standing_of
from craffu.access.tokens.rules import Standing, scopes_in
from craffu.clocks.london import days_left
from craffu.web import cells
from craffu.web.court.words import instant_words
from craffu.web.presenters import Link, Params
from craffu.web.statuses import TOKEN_STATUS
from craffu.web.tokens.words import SCOPES


def ref_of(one: ApiToken) -> str:
    return f"api_token/{one.reference}"


def scope_words(one: ApiToken) -> list[str]:
    held = scopes_in(one.scopes)
    return [str(words) for scope, words in SCOPES.items() if scope in held]


def time_left(one: ApiToken, now: datetime) -> str:
    """Until when it works and how many days that is; nothing for one that does not."""
    if one.until is None or standing_of(one, now) is not Standing.WORKS:
        return ""
    left = days_left(one.until, now)
    return _("Until %(when)s. Days left: %(days)s.") % {"when": instant_words(one.until), "days": left}


def _used(one: ApiToken) -> str:
    return instant_words(one.used_at) if one.used_at else _("Never")


def own_table(tokens: Sequence[ApiToken], now: datetime) -> Params | None:
    """A person's own, each with a way to end it where it is not ended."""
    head: list[cells.Heading] = [
        _("Token"),
        _("What it is for"),
        _("What it may do"),
        _("How it stands"),
        _("Last used"),
        "",
    ]
    rows = [
        [
            cells.words(one.reference),
            cells.words(one.purpose),
            cells.lines(scope_words(one)),
            cells.tag(TOKEN_STATUS[standing_of(one, now)].tag, time_left(one, now)),
            cells.words(_used(one)),
            cells.words("")
            if one.ended_at
            else cells.link(Link(_("End it"), reverse("token_end", kwargs={"token": one.reference}))),
        ]
        for one in tokens
    ]
    return cells.table(_("Your API tokens"), head, rows, is_hidden=True) if rows else None


def force_table(tokens: Sequence[ApiToken], now: datetime) -> Params | None:
    head: list[cells.Heading] = [_("Token"), _("Whose"), _("What it is for"), _("What it may do"), _("How it stands")]
    rows = [
        [
            cells.link(Link(one.reference, reverse("token_detail", kwargs={"token": one.reference}))),
            cells.words(f"{one.user.name} ({one.user.username})"),
            cells.words(one.purpose),
            cells.lines(scope_words(one)),
            cells.tag(TOKEN_STATUS[standing_of(one, now)].tag, time_left(one, now)),
        ]
        for one in tokens
    ]
    return cells.table(_("API tokens"), head, rows, is_hidden=True) if rows else None


def facts(one: ApiToken, now: datetime) -> Params:
    status = cells.tag(TOKEN_STATUS[standing_of(one, now)].tag, time_left(one, now))
    approved = [] if one.approved_by is None or one.approved_at is None else [
        (_("Approved by"), f"{one.approved_by.name} ({one.approved_by.username}), {instant_words(one.approved_at)}")
    ]  # fmt: skip
    ended = [(_("Ended"), f"{instant_words(one.ended_at)}, {one.ended_by}")] if one.ended_at else []
    pairs = [
        (_("Whose"), f"{one.user.name} ({one.user.username})"),
        (_("What it is for"), one.purpose),
        (_("What it may do"), ", ".join(scope_words(one))),
        (_("Asked for"), instant_words(one.asked_at)),
        (_("For how many days?"), str(one.days)),
        *approved,
        (_("Last used"), _used(one)),
        *ended,
    ]
    return {
        "rows": [
            {"key": {"text": _("How it stands")}, "value": status},
            *({"key": {"text": key}, "value": {"text": value}} for key, value in pairs),
        ]
    }
