"""The search: one box, posted, and its answer at an address that says nothing (page map, P02).

Each answer that shows records leaves one row in the log naming them, and never the words asked (SEC-04). Where scripts run,
a few of the hits are shown while one types; they are an answer like any other.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.cases.permissions import check_can_view_case
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.orders.permissions import check_can_view_part
from craffu.people.events import PEOPLE_SEARCHED
from craffu.people.permissions import check_can_search
from craffu.web.consulting import looked_at
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.search.asked import keep_words, kept_words
from craffu.web.search.finding import everything
from craffu.web.search.forms import SearchForm
from craffu.web.search.presenters import Shown, shown

# While one types: so many people and cases, from so many letters on.
MOST_WHILE_TYPING = 5
FEWEST_LETTERS = 3


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_search(by)
    form = SearchForm(request.POST if request.method == "POST" else None, **_finds(by))
    if form.is_bound and form.is_valid():
        return redirect("search_answer", answer=keep_words(request, form.cleaned_data["words"]))
    return _page(request, form, None)


@require_safe
def search_answer(request: HttpRequest, answer: str) -> HttpResponse:
    by = acting(request)
    check_can_search(by)
    words = kept_words(request, answer)
    if words is None:
        messages.info(request, _("Your search is no longer kept. Search again."))
        return redirect("search")
    form = SearchForm(initial={"words": words}, **_finds(by))
    return _page(request, form, _answered(request, by, words))


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def search_hits(request: HttpRequest) -> HttpResponse:
    """The first hits as a piece of the page, asked for by its script while one types."""
    by = acting(request)
    check_can_search(by)
    if request.method != "POST":
        return redirect("search")
    form = SearchForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    if len(words) < FEWEST_LETTERS:
        return HttpResponse("")
    answer = _answered(request, by, words, MOST_WHILE_TYPING)
    return render(request, "search/hits.html", {"answer": answer, "is_piece": True})


def _finds(by: Acting) -> dict[str, bool]:
    """What the role of whoever asks looks for beside people."""
    return {"finds_cases": allows(check_can_view_case, by), "finds_orders": allows(check_can_view_part, by)}


def _answered(request: HttpRequest, by: Acting, words: str, most: int | None = None) -> Shown:
    answer = everything(by, words, most)
    if refs := answer.refs:
        looked_at(request, PEOPLE_SEARCHED, refs)
    return shown(by, answer, day_of(clock.now()))


def _page(request: HttpRequest, form: SearchForm, answer: Shown | None) -> HttpResponse:
    title = _("Search")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, "")), has_errors=bool(form.errors)),
        "form": form,
        "answer": answer,
        "is_piece": False,
        "notices": [str(notice) for notice in messages.get_messages(request)],
    }
    return render(request, "search/search.html", page)
