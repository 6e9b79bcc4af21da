"""Typed words that differ from the sealed order are put right on a page of their own, beside what was found (ORD-20, P14)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.common.refusals import Conflict, NotNow
from craffu.orders import events
from craffu.orders.permissions import check_can_compare
from craffu.orders.queries import OrderStory, found_to_differ, story_of_order
from craffu.orders.terms.actions import correct_terms
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.done import say_done
from craffu.web.edits import both_versions
from craffu.web.orders import presenters, words
from craffu.web.orders.opening import both_terms, head, open_order, refused, seen_number, shown_version
from craffu.web.orders.terms_forms import ADD, TermsForm


def differences_found(story: OrderStory) -> list[str]:
    """Where the words that stand were found to differ from the sealed order, by whom and when; of a draft nothing."""
    return [
        _("%(differs)s (%(name)s, %(when)s)")
        % {"differs": one.differs, "name": one.by.name, "when": instant_words(one.at)}
        for one in (found_to_differ(story.standing) if story.made else ())
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def order_correct(request: HttpRequest, order: str) -> HttpResponse:
    """Put typed words right. What was typed before is kept, and nothing typed here is lost where it is refused."""
    by, found = open_order(request, order, check_can_compare)
    story = story_of_order(by, found)
    data = request.POST if request.method == "POST" else None
    form = TermsForm(data, standing=story.standing)
    versions, status = None, None
    if form.is_bound and form.is_valid():
        if not form.terms.conditions:
            form.add_error("words_1", _("Enter at least one condition"))
        else:
            try:
                correct_terms(by=by, order=order, given=form.terms, seen=seen_number(request))
            except Conflict as conflict:
                story = story_of_order(by, found)
                versions, status = both_versions([both_terms(story, form)]), refused(request, conflict)
            except NotNow as refusal:
                form.add_error("words_1", refusal.message)
            else:
                say_done(
                    request, _("The words are put right. They read “not checked” until somebody else compares them.")
                )
                return redirect("order_conditions", order=order)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("Put the typed words of order %(reference)s right") % {"reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors) and ADD not in (data or {})),
        "terms": form,
        "order": order,
        "differs": differences_found(story),
        "sealed": presenters.sealed_order(story),
        "prevailing": words.prevailing(story.order.kind),
        "versions": versions,
        "version": shown_version(request, len(story.terms), is_seen=versions is not None),
    }
    return render(request, "orders/correct.html", page, status=status)
