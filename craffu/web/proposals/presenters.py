"""What the pages of proposals show: each with its sign, its day and its words, and what somebody said of it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.orders.models import Order, OrderProposal
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.orders.opening import order_link
from craffu.web.orders.words import ORDER_STATUS, kind_words
from craffu.web.presenters import Link, Params, Text
from craffu.web.proposals.words import BECAUSE, DOES
from craffu.web.statuses import Status


def because_words(proposal: OrderProposal) -> str:
    return str(BECAUSE[proposal.because]) % {"code": proposal.code}


def _status(proposal: OrderProposal) -> Status:
    decided = getattr(proposal, "decided", None)
    if decided is None:
        return Status(_("Nobody has said"), "yellow")
    if decided.order is not None:
        return Status(_("Recorded as %(order)s") % {"order": decided.order.reference}, "green")
    return Status(_("Not recorded"), "grey")


def proposals_table(case: str, proposals: Sequence[OrderProposal]) -> Params | None:
    if not proposals:
        return None
    head: list[cells.Heading] = [_("What the court seems to have done"), _("Day"), _("Known by"), _("How it stands")]
    rows = [_row(case, one) for one in proposals]
    return cells.table(_("What courts said that looks like an order"), head, rows, is_hidden=True)


def _row(case: str, proposal: OrderProposal) -> list[Params]:
    there = reverse("case_proposal", kwargs={"case": case, "proposal": proposal.pk})
    return [
        cells.link(Link(done_words(proposal), there)),
        cells.words(day_words(proposal.made_on)),
        cells.words(because_words(proposal)),
        cells.tag(_status(proposal).tag),
    ]


def done_words(proposal: OrderProposal) -> str:
    return _("%(kind)s: %(done)s") % {
        "kind": kind_words(proposal.kind, is_interim=proposal.is_interim),
        "done": DOES[proposal.does],
    }


def summary(proposal: OrderProposal) -> Params:
    """The proposal as it came, and how it stands."""
    words = cells.english(proposal.words) if proposal.words else cells.words(_("None"))
    rows: list[tuple[Text, Params]] = [
        (_("What the court seems to have done"), cells.words(done_words(proposal))),
        (_("On"), cells.words(day_words(proposal.made_on))),
        (_("Known by"), cells.words(because_words(proposal))),
        (_("In the court’s words"), words),
        (_("How it stands"), cells.tag(_status(proposal).tag)),
    ]
    if (decided := getattr(proposal, "decided", None)) is not None and decided.words:
        rows.append((_("Why it is not recorded"), cells.words(decided.words)))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def meant(order: Order) -> tuple[Link, Text]:
    """The order on the register that a court's word seems to be about, and how it stands."""
    return order_link(order.reference), ORDER_STATUS[order.status].words
