"""Somebody's second factors, and what happened to them lately, as their pages show them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from craffu.access.factors.models import Change, FactorChange
from craffu.access.factors.queries import Factors
from craffu.web.presenters import Text

APP = "app"
CHANGE_WORDS: dict[Change, Text] = {
    Change.APP_ADDED: _("App added"),
    Change.APP_REMOVED: _("App removed"),
    Change.PASSKEY_ADDED: _("Passkey added"),
    Change.PASSKEY_REMOVED: _("Passkey removed"),
    Change.CODES_MADE: _("Recovery codes made"),
    Change.CODE_USED: _("Recovery code used to sign in"),
    Change.RESET: _("All second factors and recovery codes removed"),
}


@dataclass(frozen=True, slots=True)
class FactorRow:
    what: Text
    name: str
    added_at: datetime
    used_at: datetime
    remove: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    words: Text
    at: datetime
    by: str
    reason: str


def factor_rows(factors: Factors) -> list[FactorRow]:
    rows = []
    if factors.app:
        rows.append(FactorRow(_("App"), "", factors.app.added_at, factors.app.used_at, _removal(APP)))
    for key in factors.passkeys:
        rows.append(FactorRow(_("Passkey"), key.name, key.added_at, key.used_at, _removal(str(key.pk))))
    return rows


def _removal(which: str) -> str:
    return reverse("account_factor_remove", kwargs={"which": which})


def change_rows(changes: list[FactorChange]) -> list[ChangeRow]:
    return [ChangeRow(CHANGE_WORDS[Change(one.change)], one.at, one.by, one.reason) for one in changes]
