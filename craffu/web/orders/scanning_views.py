"""The service pack is checked before it goes: searched for what must not reach the respondent (page map, P14; VIC-09)."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.common.refusals import NotNow, NotPermitted, allows
from craffu.orders import events
from craffu.orders.models import PackScanned
from craffu.orders.permissions import check_can_release_pack, check_can_scan_pack
from craffu.orders.queries import OrderStory, is_known, story_of_order
from craffu.orders.scanning.actions import release_pack, scan_pack
from craffu.orders.scanning.queries import cover_of, last_search, papers_in, scans_of, standing_of_pack
from craffu.orders.scanning.rules import Stands
from craffu.people.contacts import CONTACTS
from craffu.victims.leaks.rules import ZONE_ON_HER
from craffu.web import cells
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.done import say_done
from craffu.web.orders import words
from craffu.web.orders.opening import head, open_order, refused
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS, YES
from craffu.web.presenters import Params, Text
from craffu.web.statuses import Status

RELEASE: Final = "release"
STANDS: Final[dict[Stands, Status]] = {
    Stands.NOT_SCANNED: Status(gettext_lazy("Not checked yet"), "grey"),
    Stands.HOLDS: Status(gettext_lazy("Must not go"), "red"),
    Stands.CLEAN: Status(gettext_lazy("May go"), "green"),
    Stands.RELEASED: Status(gettext_lazy("Released by a supervisor"), "yellow"),
}
KINDS: Final[dict[str, Text]] = {
    **CONTACTS,
    "postcode": gettext_lazy("postcode"),
    ZONE_ON_HER: gettext_lazy("a zone drawn round a home"),
}


class ScanForm(forms.Form):
    """That somebody looked at the papers, which nothing here can read. Shape only."""

    looked_at = forms.MultipleChoiceField(
        label=gettext_lazy("The papers that go with it"),
        help_text=gettext_lazy(
            "Craffu cannot read images. Look at each paper for addresses, telephone numbers, workplaces and schools."
        ),
        choices=[(YES, gettext_lazy("I have looked at every paper, and none gives anybody away"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ReleaseForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Why may it go all the same?"),
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": gettext_lazy("Say it in a few words"),
            "max_length": gettext_lazy("Write at most 2,000 characters"),
        },
    )


def pack_status(by: Acting, story: OrderStory) -> Params:
    """Whether the pack may go, as a tag."""
    return STANDS[standing_of_pack(cover_of(by, story), scans_of(by, story.order))].tag


def may_check_pack(by: Acting, story: OrderStory) -> bool:
    """Whether the reader checks the pack of an order that waits to be served."""
    waits = story.order.status == "granted" or is_known(story.order)
    return waits and allows(check_can_scan_pack, by)


@require_http_methods(["GET", "HEAD", "POST"])
def order_pack_check(request: HttpRequest, order: str) -> HttpResponse:
    """Search the pack, see where something stands, and, as another supervisor, release it all the same."""
    by, found = open_order(request, order, check_can_scan_pack)
    story = story_of_order(by, found)
    is_release = request.method == "POST" and RELEASE in request.POST
    scan = ScanForm(request.POST if request.method == "POST" and not is_release else None)
    release = ReleaseForm(request.POST if is_release else None)
    sent: forms.Form = release if is_release else scan
    status = None
    if request.method == "POST" and sent.is_valid():
        try:
            said = _sent(by, order, sent, is_release=is_release)
        except (NotNow, NotPermitted) as refusal:
            beside = "looked_at" if refusal.code == "papers_not_looked_at" else None
            sent.add_error("words" if is_release else beside, refusal.message)
            status = refused(request, refusal)
        else:
            if said:
                say_done(request, said)
            return redirect("order_pack_check", order=order)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    return render(request, "orders/pack_check.html", _page(by, order, story, scan, release, sent), status=status)


def _sent(by: Acting, order: str, form: forms.Form, *, is_release: bool) -> str:
    if is_release:
        release_pack(by=by, order=order, words=form.cleaned_data["words"])
        return _("It is recorded. The pack may go.")
    # What was found is no success: the page itself says so.
    row = scan_pack(by=by, order=order, papers_looked_at=bool(form.cleaned_data["looked_at"]))
    return "" if row.found else _("Nothing was found. The pack may go.")


def _page(
    by: Acting, order: str, story: OrderStory, scan: ScanForm, release: ReleaseForm, sent: forms.Form
) -> dict[str, Any]:
    scans = scans_of(by, story.order)
    covers = cover_of(by, story)
    standing = standing_of_pack(covers, scans)
    search = last_search(covers, scans)
    title = _("Check the service pack of order %(reference)s") % {"reference": order}
    return {
        "head": head(by, order, title, has_errors=bool(sent.errors)),
        "order": order,
        "stands": STANDS[standing].tag,
        "search": _searched(search) if search else "",
        "found": found_table(search.found) if search and standing is Stands.HOLDS else None,
        "protects": bool(story.protected),
        "papers": len(papers_in(story)),
        "scan": scan,
        "release": release if standing is Stands.HOLDS and allows(check_can_release_pack, by) else None,
        "sent": sent,
        "why": [one.words for one in scans if one.is_release and standing is Stands.RELEASED][-1:],
    }


def _searched(search: PackScanned) -> str:
    said = {"when": instant_words(search.known_from), "name": search.by.name}
    return _("Searched %(when)s by %(name)s") % said


def found_table(found: Iterable[Iterable[str]]) -> Params | None:
    """Where something protected stands, and of which kind; never the value."""
    rows = [[cells.words(_where(where)), cells.words(KINDS.get(kind, kind))] for where, kind in found]
    heads: list[cells.Heading] = [_("Where it stands"), _("What is protected")]
    return cells.table(_("What was found"), heads, rows) if rows else None


def _where(where: str) -> Text:
    part, _dash, which = where.partition("-")
    if part == "condition":
        return _("Condition %(number)s") % {"number": which}
    if part == "pack":
        return words.PARTS.get(which, which)
    return _("The title of a paper") if part == "paper" else _("The limit of place")
