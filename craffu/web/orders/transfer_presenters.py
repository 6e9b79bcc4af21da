"""Whose an order's respondent is, in words, and every transfer with its receipt (ORD-22)."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from craffu.access.models import Force
from craffu.orders.transfers.queries import IN, Moving
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.orders.transfer_forms import force_name
from craffu.web.presenters import Params
from craffu.web.statuses import Status


def responsible_words(one: Moving | None, forces: Mapping[str, Force]) -> str:
    """“Ours until … acknowledges”; empty where the respondent never moved."""
    if one is None:
        return ""
    force = _name(one.row.other_force, forces)
    receipt = one.receipt
    if one.row.direction == IN and receipt is None:
        return _("Managed by %(force)s still: not ours until we acknowledge it.") % {"force": force}
    if receipt is None and one.row.sent_on is None:
        return _("Ours. The respondent has moved to the area of %(force)s, and nobody has written yet.") % {
            "force": force
        }
    if receipt is None:
        said = {"force": force, "day": day_words(one.row.sent_on), "reference": one.row.reference}
        return _("Ours until %(force)s acknowledges. Sent %(day)s, reference %(reference)s.") % said
    said = {
        "force": force, "day": day_words(receipt.on), "name": receipt.name, "reference": receipt.reference
    }  # fmt: skip
    if one.row.direction == IN:
        return _("Ours since %(day)s: %(name)s acknowledged it to %(force)s, reference %(reference)s.") % said
    return _("Managed by %(force)s since %(day)s: %(name)s acknowledged it, reference %(reference)s.") % said


def _name(code: str, forces: Mapping[str, Force]) -> str:
    return force_name(forces[code]) if code in forces else code


def transfers_table(rows: Iterable[Moving], forces: Mapping[str, Force]) -> Params | None:
    """Every transfer, the newest first."""
    head: list[cells.Heading] = [_("Way"), _("Force"), _("Sent"), _("Receipt"), _("Recorded by")]
    found = [
        [
            cells.words(_("Here") if one.row.direction == IN else _("Away")),
            cells.words(_name(one.row.other_force, forces)),
            cells.lines([day_words(one.row.sent_on), one.row.reference] if one.row.sent_on else [_("Not sent yet")]),
            _receipt(one),
            cells.words(one.row.by.name),
        ]
        for one in rows
    ]
    return cells.table(_("Transfers"), head, found, is_hidden=True) if found else None


def _receipt(one: Moving) -> Params:
    if one.receipt is not None:
        return cells.lines([day_words(one.receipt.on), one.receipt.name, one.receipt.reference])
    if one.stands.chase:
        return cells.tag(Status(_("Chase it"), "red").tag)
    return cells.words(_("None yet"))
