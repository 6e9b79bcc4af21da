"""What our papers say of themselves: read by whoever works with orders, worded anew by an administrator (issue E)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.common.refusals import Conflict, NotNow, allows
from craffu.orders.permissions import check_can_edit_catalogue, check_can_read_catalogue
from craffu.orders.wording.actions import seen_of, word_anew
from craffu.orders.wording.queries import worded
from craffu.orders.wording.reading import LANGUAGES, pieces
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.papers import wording_presenters, words
from craffu.web.papers.forms import WordingForm
from craffu.web.presenters import Link, PageHead, today_link


@require_safe
def order_wordings(request: HttpRequest) -> HttpResponse:
    """Every piece in both languages, with the version that stands."""
    by = acting(request)
    check_can_read_catalogue(by)
    title = _("Wording of papers")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "notices": [str(notice) for notice in messages.get_messages(request)],
        "pieces": wording_presenters.table(worded(by).values(), may_edit=allows(check_can_edit_catalogue, by)),
    }
    return render(request, "papers/wordings.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def order_wording(request: HttpRequest, key: str, spoken: str) -> HttpResponse:
    """A version more of one piece in one language."""
    by = acting(request)
    check_can_edit_catalogue(by)
    if key not in pieces() or spoken not in LANGUAGES:
        raise Http404
    one = worded(by, [key])[key, spoken]
    initial = {"seen": seen_of(one), "words": one.words}
    form = WordingForm(request.POST if request.method == "POST" else None, initial=initial)
    status = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            word_anew(by=by, key=key, language=spoken, words=said["words"], reason=said["reason"], seen=said["seen"])
        except (Conflict, NotNow) as refusal:
            form.add_error(None if isinstance(refusal, Conflict) else "words", refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            messages.success(request, _("It is recorded."))
            return redirect("order_wordings")
    title = _("%(piece)s (%(language)s)") % {"piece": words.PIECES[key], "language": words.LANGUAGES[spoken]}
    listed = Link(_("Wording of papers"), reverse("order_wordings"))
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), listed, Link(title, "")), has_errors=bool(form.errors)),
        "form": form,
        "names": [f"{{{name}}}" for name in one.piece.names],
        "shipped": one.piece.words[spoken],
        "spoken": spoken,
        "versions": wording_presenters.versions_table(one),
    }
    return render(request, "papers/wording.html", page, status=status)
