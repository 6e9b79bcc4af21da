"""How the log itself stands: sealed, signed, copied outside, checked, and what to do when something is wrong (SEC-05)."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.access.permissions import check_can_read_log
from craffu.audit.chain import ChainStatus, Trouble, chain_reference, chain_status
from craffu.audit.events import CHAIN_VIEWED
from craffu.audit.sealing.actions import check_chain
from craffu.common import clock
from craffu.web.audit.presenters import moment
from craffu.web.audit.views import crumbs
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, Params, Text


@require_http_methods(["GET", "HEAD", "POST"])
def audit_chain(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_read_log(by)
    force = by.force.code
    status = chain_status(force, now=clock.now())
    if request.method == "POST" and status.can_be_checked_here:
        found = check_chain(actor=by.actor, request=by.request)
        words = _("Checked: the log is whole.") if found.ok else _("Checked: the log is NOT whole.")
        messages.info(request, words)
        return redirect("audit_chain")
    looked_at(request, CHAIN_VIEWED, [chain_reference(force)])
    title = _("State of the log")
    page = {
        "head": PageHead(title, breadcrumbs=crumbs(Link(title, ""))),
        "notices": [str(notice) for notice in messages.get_messages(request)],
        "facts": facts(status),
        "troubles": [trouble_words(trouble) for trouble in status.troubles],
        "details": status.details,
        "can_be_checked_here": status.can_be_checked_here,
    }
    return render(request, "audit/chain.html", page)


def _when(at: datetime | None) -> str:
    return instant_words(at) if at else _("Never")


def facts(status: ChainStatus) -> Params:
    """How the chain stands, as a summary list."""
    checked = status.checked
    said: list[tuple[Text, Text]] = [
        (_("Rows sealed"), f"{status.sealed:,}"),
        (_("Sealed up to"), moment(status.sealed_up_to) if status.sealed_up_to else _("Nothing is sealed yet")),
        (_("Rows waiting for their seal"), f"{status.waiting:,}"),
        (_("Waiting since"), moment(status.waiting_since) if status.waiting_since else _("None is waiting")),
        (
            _("Last signed head"),
            _("row %(position)s, %(when)s")
            % {"position": f"{status.signed.position:,}", "when": moment(status.signed.at)}
            if status.signed
            else _("None yet"),
        ),
        (
            _("Last head copied outside the database"),
            _("row %(position)s") % {"position": f"{status.copied.position:,}"} if status.copied else _("None yet"),
        ),
        (_("Copied at"), _when(status.copied_at)),
        (_("Copied to"), status.copied_to),
        (_("Last checked"), moment(checked.at) if checked else _("Never")),
        (_("What the check found"), _found(checked.counts) if checked else _("Nothing was checked yet")),
    ]
    return {"rows": [{"key": {"text": key}, "value": {"text": value}} for key, value in said]}


def _found(counts: dict[str, int]) -> str:
    number = counts.get("faults", 0)
    return _("Faults: %(number)s") % {"number": number} if number else _("The log was whole")


def trouble_words(trouble: Trouble) -> tuple[str, str]:
    """What is wrong, and what to do."""
    stop = _(
        "Do not repair anything. Keep a copy of the database and of the heads kept outside, note the time, and tell the "
        "data protection officer and the head of information security. Run craffu audit verify: it names the first bad row."
    )
    return {
        Trouble.NOT_WHOLE: (_("The last check found that the log is not whole"), stop),
        Trouble.GUARDS: (_("A guard of the database against changes no longer stands"), stop),
        Trouble.HEADS: (_("Signed heads do not agree"), stop),
        Trouble.NOT_SEALED: (
            _("Rows have waited more than two hours for their seal"),
            _("Ask ICT to run craffu audit seal, and to see that it runs every hour."),
        ),
        Trouble.NOT_COPIED: (
            _("No new head was copied outside for more than two hours"),
            _(
                "Ask ICT to see that the folder for heads can be written to, and that craffu audit seal runs every hour."
            ),
        ),
        Trouble.NOT_CHECKED: (
            _("The log was not checked in the last 24 hours"),
            _("Check it on this page, or ask ICT to run craffu audit verify."),
        ),
    }[trouble]
