"""Letters about an order: to whom one may go and why not, read before it leaves, taken out, and recorded as received (P11)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.access.policies import check_fresh_factor
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.messages.queries import in_print_queue, stands
from craffu.orders import events
from craffu.orders.letters.actions import fetch_letter, give_letter, letter_came_back, post_letter, put_letter_back
from craffu.orders.letters.facts import NewLetter
from craffu.orders.letters.kinds import About
from craffu.orders.letters.policies import check_is_offered, check_reason_is_translated, check_words_are_the_orders
from craffu.orders.letters.queries import (
    Addressee,
    addressee,
    addressees,
    find_letter,
    key_of,
    lacks_welsh,
    last_review_of,
    letters_called,
    letters_of,
    offered_to,
    offered_to_respondent,
    told_already,
    why_not,
)
from craffu.orders.models import Order
from craffu.orders.permissions import check_can_print, check_can_see_letters, check_can_write
from craffu.orders.printing.queries import given_of
from craffu.orders.printing.rules import Printed
from craffu.orders.queries import OrderStory, found_to_differ, story_of_order
from craffu.orders.reviewing.queries import completed, reviews_of
from craffu.people.queries import people_of_records
from craffu.victims.contacts.actions import refuse_contact
from craffu.victims.contacts.policies import NotSafe
from craffu.victims.contacts.rules import CameBack
from craffu.victims.letters import queries as victim_letters
from craffu.victims.letters.policies import (
    check_letter_is_safe,
)
from craffu.victims.letters.rules import (
    languages_of,
)
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.done import say_done
from craffu.web.letters import presenters, words
from craffu.web.letters.forms import BOTH, CameBackForm, GivenForm, LanguageForm, PostedForm, WriteForm
from craffu.web.letters.printing import Half, halves, is_draft, write_letter
from craffu.web.middleware import acting
from craffu.web.orders.opening import head, open_order, refused
from craffu.web.papers.views import sent_paper
from craffu.web.people.presenters import name_shown
from craffu.web.presenters import Link, PageHead, today_link

BESIDE = {
    "given_when": "on", "told_too_early": "on", "before_made": "on", "letter_not_read": "was_read",
    "letter_translation": "translator",
}  # fmt: skip


def _check_to_respondent(by: Acting) -> None:
    check_can_print(by, Printed.LETTER_RESPONDENT)


@require_safe
def order_letters(request: HttpRequest, order: str) -> HttpResponse:
    """To whom a letter about the order may go, of what, and why one may not; and those that were written."""
    by, found = open_order(request, order, check_can_see_letters)
    story = story_of_order(by, found)
    may_write = allows(check_can_write, by)
    people = addressees(by, story) if may_write else []
    reviews = completed(reviews_of(by, found)) if may_write else []
    to_respondent = offered_to_respondent(story) if allows(_check_to_respondent, by) else None
    given = {one.printed_id: instant_words(one.given_at) for one in given_of(by, found)}
    letters = [one for one in letters_of(by, found) if one.record_id is not None or to_respondent is not None]
    standing = stands(by.force.code, [key_of(one) for one in letters])
    review = reviews[-1].row.pk if reviews else None
    written = told_already(story, letters, standing, None, None)
    looked_at(request, events.ORDER_PAPERS_VIEWED, [f"order/{order}", *_refs(people)])
    page = {
        "head": head(by, order, _("Letters about order %(reference)s") % {"reference": order}),
        "may_write": may_write,
        "people": [
            presenters.to_protected(
                story, one, offered_to(by, story, one, reviews), told_already(story, letters, standing, one, review), standing
            )
            for one in people
        ],
        "may_write_to_respondent": to_respondent is not None,
        "to_respondent": presenters.to_respondent(story, to_respondent or (), written),
        "made_to_respondent": presenters.made_to_respondent(story, to_respondent or (), written),
        "letters": presenters.letters_table(
            order, letters, {one.record: name_shown(one.identity) for one in people}, given, standing
        ),
    }  # fmt: skip
    return render(request, "letters/letters.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def order_letter(request: HttpRequest, order: str, about: str, person: str) -> HttpResponse:
    """A letter to somebody whom the order protects, as it will be printed; taken out by the form, with its file."""
    by, found = open_order(request, order, check_can_write)
    what, story = known_about(about), story_of_order(by, found)
    check_fresh_factor(by)
    to = addressee(by, story, person)
    if to is None:
        raise Http404
    title = _("Letter to %(name)s") % {"name": person}
    try:
        check_words_are_the_orders(differ=bool(found_to_differ(story.standing)))
        check_is_offered(what, offered_to(by, story, to))
        check_letter_is_safe(why_not(story, to, what))
        told = last_review_of(by, found, to) if what is About.REVIEW else None
        check_reason_is_translated(lacks_welsh=lacks_welsh(by, to, told))
    except NotNow as refusal:
        return _no_letter(request, by, found, title, to, refusal)
    made = halves(by, found, what, to, languages_of(to.terms.language), clock.now())
    first = {"agreement": to.agreement.pk if to.agreement else None, "review": told.review.row.number if told else None}
    form = WriteForm(
        request.POST if request.method == "POST" else None, initial=first, never_say=to.terms.never_say, is_draft=is_draft(made)
    )  # fmt: skip
    status = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        letter = NewLetter(
            about=what, person=person, review=said["review"], agreement=said["agreement"],
            was_read=bool(said.get("was_read")), is_draft=form.is_draft, translator=said.get("translator", ""),
            is_taken=not form.is_left,
        )  # fmt: skip
        answer = _written(request, found, letter, made, form)
        if isinstance(answer, HttpResponse):
            return answer
        status = refused(request, answer)
    looked_at(request, events.ORDER_PAPERS_VIEWED, [f"order/{order}", *_refs([to])])
    top = head(by, order, title, has_errors=bool(form.errors))
    before = _written_before(by, story, what, to, told.review.row.pk if told else None)
    return _shown(request, top, what, made, form, status, before=before)


@require_http_methods(["GET", "HEAD", "POST"])
def order_letter_respondent(request: HttpRequest, order: str, about: str) -> HttpResponse:
    """A letter to the respondent, as it will be printed; taken out by the form, with its file."""
    by, found = open_order(request, order, _check_to_respondent)
    what, story = known_about(about), story_of_order(by, found)
    check_fresh_factor(by)
    title = _("Letter to the respondent")
    try:
        check_words_are_the_orders(differ=bool(found_to_differ(story.standing)))
        check_is_offered(what, offered_to_respondent(story))
    except NotNow as refusal:
        return _no_letter(request, by, found, title, None, refusal)
    language = LanguageForm(
        request.POST if request.method == "POST" else {"language": request.GET.get("language") or BOTH}
    )
    made = halves(by, found, what, None, languages_of(language.chosen), clock.now())
    form = WriteForm(request.POST if request.method == "POST" else None, is_draft=is_draft(made))
    status = None
    if form.is_bound and form.is_valid():
        letter = NewLetter(about=what, is_draft=form.is_draft, translator=form.cleaned_data.get("translator", ""))
        answer = _written(request, found, letter, made, form)
        if isinstance(answer, HttpResponse):
            return answer
        status = refused(request, answer)
    looked_at(request, events.ORDER_PAPERS_VIEWED, [f"order/{order}"])
    top, before = head(by, order, title, has_errors=bool(form.errors)), _written_before(by, story, what, None, None)
    return _shown(request, top, what, made, form, status, language=language, before=before)


def _written_before(by: Acting, story: OrderStory, about: About, to: Addressee | None, review: int | None) -> str:
    """When the same was written to them last, where that letter is on its way or with them; empty where it is not."""
    letters = letters_of(by, story.order)
    standing = stands(by.force.code, [key_of(one) for one in letters])
    one = told_already(story, letters, standing, to, review).get(about)
    return instant_words(one.printed.known_from) if one is not None else ""


def _written(
    request: HttpRequest, order: Order, letter: NewLetter, made: list[Half], form: WriteForm
) -> HttpResponse | NotNow | Conflict:
    """The file, or that it waits in the print queue, or why it was not written, which is said beside the form."""
    try:
        row, content = write_letter(by=acting(request), order=order, letter=letter, made=made)
    except (NotNow, Conflict) as refusal:
        beside = BESIDE.get(refusal.code)
        form.add_error(beside if beside in form.fields else None, refusal.message)
        return refusal
    if not letter.is_taken:
        say_done(request, _("It waits in the print queue."))
        return redirect("order_letters", order=order.reference)
    return sent_paper(content, row.printed.kind, row.known_from)


def _shown(
    request: HttpRequest, top: Any, about: About, made: list[Half], form: WriteForm, status: int | None, **more: Any
) -> HttpResponse:
    page = {
        "head": top,
        "about": words.ABOUT[about],
        "letters": presenters.shown(made),
        "form": form,
        "to_protected": made[0].sheet.to is not None,
        "is_read_out": made[0].sheet.to is not None and made[0].sheet.to.terms.language == "other",
        **more,
    }
    return render(request, "letters/letter.html", page, status=status)


def _no_letter(
    request: HttpRequest, by: Acting, found: Order, title: str, to: Addressee | None, refusal: NotNow
) -> HttpResponse:
    """Why there is none, and which ways are safe."""
    order = found.reference
    looked_at(request, events.ORDER_PAPERS_VIEWED, [f"order/{order}", *(_refs([to]) if to else ())])
    ways = presenters.safe_ways(to) if to is not None else ""
    page = {
        "head": head(by, order, title),
        "back": _all_letters(order),
        "why": refusal.message,
        "safe_ways": ways,
        "welsh": "",
    }
    if refusal.code == "letter_reason_in_english" and to is not None:
        told = last_review_of(by, found, to)
        number = told.review.row.number if told is not None else 0
        page["welsh"] = reverse("order_review_welsh", kwargs={"order": order, "number": number})
    return render(request, "letters/none.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def order_letter_given(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """Somebody whom the order protects has a letter: a contact with them, and what it tells is told (VIC-05)."""
    by, found = open_order(request, order, check_can_write)
    letter = find_letter(by, found, number)
    if letter is None or letter.record_id is None:
        raise Http404
    person = people_of_records(by, [letter.record_id]).get(letter.record_id)
    if person is None:
        raise Http404
    form = GivenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            give_letter(by=by, order=order, number=number, given=form.given)
        except NotSafe as refusal:
            refuse_contact(by=by, victim=person.reference)
            form.add_error("way", refusal.message)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is recorded, as a contact with them too."))
            return redirect("order_letters", order=order)
    refs = [f"order/{order}", f"person/{person.reference}"]
    looked_at(request, events.ORDER_PAPERS_VIEWED, refs)
    title = _("Record that %(name)s has the letter") % {"name": person.reference}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "form": form,
        "about": words.ABOUT[letter.about],
        "written": instant_words(letter.printed.known_from),
    }
    return render(request, "letters/given.html", page)


@require_safe
def print_queue(request: HttpRequest) -> HttpResponse:
    """What waits to be printed, of the orders open to the reader."""
    by = acting(request)
    check_can_write(by)
    standing = in_print_queue(by.force.code)
    waiting = letters_called(by, list(standing)).values()
    to_victims = victim_letters.letters_called(by, list(standing)).values()
    victims = victim_letters.open_to(by, to_victims)
    title = _("Print queue")
    refs = {f"order/{one.printed.order.reference}" for one in waiting}
    refs |= {f"{kind}/{one.reference}" for one in victims.values() for kind in ("victim", "person")}
    looked_at(request, events.ORDER_PAPERS_VIEWED, sorted(refs))
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "letters": presenters.queue_table(
            waiting, standing, presenters.victim_queue_rows(to_victims, victims, standing)
        ),
    }
    return render(request, "letters/queue.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def order_letter_print(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """One letter on its way: fetched to be printed, put back, posted, or come back."""
    by, found = open_order(request, order, check_can_write)
    letter = find_letter(by, found, number)
    if letter is None or letter.record_id is None:
        raise Http404
    check_fresh_factor(by)
    act = str(request.POST.get("act", "")) if request.method == "POST" else ""
    posted = PostedForm(request.POST if act == "posted" else None)
    back = CameBackForm(request.POST if act == "back" else None)
    why, status = "", None
    try:
        answer = _done(request, order, number, act, posted, back)
        if answer is not None:
            return answer
    except (NotNow, Conflict) as refusal:
        why, status = refusal.message, refused(request, refusal)
    standing = stands(by.force.code, [key_of(letter)]).get(key_of(letter))
    looked_at(request, events.ORDER_PAPERS_VIEWED, [f"order/{order}"])
    title = _("Letter %(number)s of order %(reference)s") % {"number": number, "reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(why or back.errors)),
        "about": words.ABOUT[letter.about],
        "written": instant_words(letter.printed.known_from),
        "stands": standing.status.value if standing else "",
        "status_tag": words.STANDS[standing.status].tag if standing else None,
        "since": instant_words(standing.since) if standing else "",
        "by": standing.by if standing else "",
        "reason": presenters.reason_words(standing.reason) if standing else "",
        "why": why,
        "posted": posted,
        "back": back,
        "given": reverse("order_letter_given", kwargs={"order": order, "number": number}),
        "all": _all_letters(order),
    }
    return render(request, "letters/print.html", page, status=status)


def _all_letters(order: str) -> Link:
    return Link(_("Letters about this order"), reverse("order_letters", kwargs={"order": order}))


def _done(
    request: HttpRequest, order: str, number: int, act: str, posted: PostedForm, back: CameBackForm
) -> HttpResponse | None:
    """What one of the page's buttons does; None where it was none of them, or its form is not filled in."""
    given: dict[str, Any] = {"by": acting(request), "order": order, "number": number}
    if act == "fetch":
        letter, content = fetch_letter(**given)
        return sent_paper(content, letter.printed.kind, letter.printed.known_from)
    if act == "put_back":
        put_letter_back(**given)
    elif act == "posted" and posted.is_valid():
        post_letter(**given, was_made_anyway=bool(posted.cleaned_data["anyway"]))
    elif act == "back" and back.is_valid():
        letter_came_back(**given, why=CameBack(back.cleaned_data["why"]))
    else:
        return None
    say_done(request, _("It is recorded."))
    return redirect("order_letter_print", order=order, number=number)


def known_about(about: str) -> About:
    """Raises Http404 for a letter that nobody writes."""
    if about not in set(About):
        raise Http404
    return About(about)


def _refs(people: list[Addressee]) -> list[str]:
    return [f"person/{one.reference}" for one in people]


def may_see_letters(by: Acting, story: OrderStory) -> bool:
    """Whether the page of an order leads to its letters: for who writes them, once there is something to write of."""
    return allows(check_can_see_letters, by) and bool(offered_to_respondent(story) or story.order.status == "refused")
