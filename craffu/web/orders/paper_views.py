"""Papers of an order: kept, opened, and its words compared with the sealed one; what its application rests on (P11, P12, P14)."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.common.refusals import Conflict, NotNow, NotPermitted, allows
from craffu.orders import events
from craffu.orders.applying.actions import say_of_pack
from craffu.orders.applying.policies import check_part_may_change, parts_of
from craffu.orders.life.actions import lacks_of_pack
from craffu.orders.papers.actions import keep_paper, open_paper
from craffu.orders.permissions import check_can_compare, check_can_consider
from craffu.orders.queries import OrderStory, story_of_order
from craffu.orders.terms.actions import compare_terms, draft_terms
from craffu.orders.terms.policies import check_is_another
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import both_versions
from craffu.web.orders import presenters, words
from craffu.web.orders.correct_views import differences_found
from craffu.web.orders.opening import (
    both_terms,
    head,
    open_order,
    refused,
    seen_number,
    shown_version,
    why_not_drafted,
)
from craffu.web.orders.step_forms import CompareForm, PackForm, PaperForm
from craffu.web.orders.terms_forms import ADD, TermsForm

BESIDE = {"paper_form": "paper", "paper_size": "paper", "no_words": "words", "differs_not_said": "differs"}


@require_http_methods(["GET", "HEAD", "POST"])
def order_paper_new(request: HttpRequest, order: str) -> HttpResponse:
    """A paper is kept with the order, whole."""
    by, _found = open_order(request, order, check_can_compare)
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            keep_paper(by=by, order=order, kind=said["kind"], content=said["paper"].read(), title=said["title"])
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is kept."))
            return redirect("order_detail", order=order)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("Keep a paper of order %(reference)s") % {"reference": order}
    page = {"head": head(by, order, title, has_errors=bool(form.errors)), "form": form}
    return render(request, "orders/paper_new.html", page)


@require_safe
def order_paper(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """A paper as it came, in the reader's own browser. That it was opened is in the log."""
    by, _found = open_order(request, order)
    paper, content = open_paper(by=by, order=order, number=number)
    answer = HttpResponse(content, content_type=paper.media_type)
    # Its own title is a person's words: a file saved from it is named after the order alone.
    answer.headers["Content-Disposition"] = f'inline; filename="{order}-{paper.kind}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def order_compare(request: HttpRequest, order: str) -> HttpResponse:
    """A second person holds the words against the sealed order (ORD-20)."""
    by, found = open_order(request, order, check_can_compare)
    story = story_of_order(by, found)
    form = CompareForm(request.POST if request.method == "POST" else None, initial=_standing(story))
    status = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            compare_terms(
                by=by, order=order, number=said["number"], paper=said["paper"], is_same=form.is_same,
                differs=said["differs"],
            )  # fmt: skip
        except (Conflict, NotNow, NotPermitted) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = refused(request, refusal)
            story = story_of_order(by, found)
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_detail", order=order)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    # Whoever held the words against an earlier image has the later one before them now.
    is_typed = form.is_bound and status != HTTPStatus.CONFLICT
    title = words.prevailing(found.kind).compare_title % {"reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "order": order,
        "form": form,
        "held": {name: form[name].value() for name in ("number", "paper")} if is_typed else _standing(story),
        "standing": presenters.terms_line(story.standing) if story.standing else "",
        "conditions": presenters.conditions(story.standing),
        "sealed": presenters.sealed_order(story),
        "prevailing": words.prevailing(story.order.kind),
        "differs": differences_found(story),
        "is_own": _is_own(story, by.actor.name),
    }
    return render(request, "orders/compare.html", page, status=status)


def _standing(story: OrderStory) -> dict[str, Any]:
    image = presenters.sealed_paper(story)
    return {"number": story.standing.number if story.standing else "", "paper": image.pk if image else ""}


def _is_own(story: OrderStory, reader: str) -> bool:
    """Whether the reader typed the words that stand: somebody else compares them."""
    typed = story.standing.entered_by if story.standing else None
    return typed is not None and not allows(check_is_another, typed.username, reader)


@require_http_methods(["GET", "HEAD", "POST"])
def order_terms(request: HttpRequest, order: str) -> HttpResponse:
    """The conditions that an application asks for, drafted. Vague words are pointed out and bar nothing (ORD-14)."""
    by, found = open_order(request, order, check_can_consider)
    story = story_of_order(by, found)
    data = request.POST if request.method == "POST" else None
    form = TermsForm(data, standing=story.standing)
    versions, status = None, None
    if form.is_bound and form.is_valid():
        if not form.terms.conditions:
            form.add_error("words_1", _("Enter at least one condition"))
        else:
            try:
                draft_terms(by=by, order=order, given=form.terms, seen=seen_number(request))
            except Conflict as conflict:
                story = story_of_order(by, found)
                versions, status = both_versions([both_terms(story, form)]), refused(request, conflict)
            except NotNow as refusal:
                form.add_error("words_1", refusal.message)
            else:
                say_done(request, _("The draft is kept. Words that are vague are pointed out below."))
                return redirect("order_conditions", order=order)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("Draft the conditions of order %(reference)s") % {"reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors) and ADD not in (data or {})),
        "terms": form,
        "why_not": "" if form.is_bound else why_not_drafted(found),
        "order": order,
        "versions": versions,
        "version": shown_version(request, len(story.terms), is_seen=versions is not None),
    }
    return render(request, "orders/terms.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def order_pack(request: HttpRequest, order: str) -> HttpResponse:
    """What the application rests on, part by part, and what it lacks before authorisation can be asked for (ORD-06)."""
    by, found = open_order(request, order, check_can_consider)
    story = story_of_order(by, found)
    data = request.POST if request.method == "POST" else None
    # Whoever comes with a part that was put forward meanwhile is told so.
    parts = {
        part: words.PARTS[part]
        for part in parts_of(story.kind)
        if part in words.PARTS and (data is not None or allows(check_part_may_change, part, found.status))
    }
    form = PackForm(data, parts=parts)
    versions, status = None, None
    if form.is_bound and form.is_valid():
        about, said = form.cleaned_data["about"], form.cleaned_data["words"]
        try:
            say_of_pack(by=by, order=order, about=about, words=said, seen=seen_number(request))
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        except Conflict as conflict:
            story = story_of_order(by, found)
            stands = next((one.words for one in reversed(story.pack) if one.about == about), "")
            versions, status = both_versions([(parts[about], stands, said)]), refused(request, conflict)
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_pack", order=order)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("Application pack of order %(reference)s") % {"reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "order": order,
        "form": form,
        "why_not": "" if form.is_bound else why_not_drafted(found, is_pack=True),
        "lacks": presenters.pack_lacks_list(lacks_of_pack(by, found, story.kind)),
        "said": presenters.pack_table(story.pack),
        "versions": versions,
        "version": shown_version(request, story.pack[-1].pk if story.pack else 0, is_seen=versions is not None),
    }
    return render(request, "orders/pack.html", page, status=status)
