"""Recording one step in the life of an order, and orders that a court has made or somebody imposed (page map, P14)."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.access.permissions import check_holds
from craffu.access.policies import check_is_there
from craffu.cases.models import Case
from craffu.cases.permissions import check_can_open_case
from craffu.cases.queries import find_case, roles_in
from craffu.clocks.counted_days import Away
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders import events
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.clocks.of_order import notification_if_served
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.life.policies import why_words
from craffu.orders.life.queries import FROM_A_CASE, INTERIM, interim_kind, lock_of, steps_of
from craffu.orders.life.states import CORRECT_END, EVERY_MOVE
from craffu.orders.models import Order
from craffu.orders.protecting.queries import records_protected
from craffu.orders.queries import OrderStory, story_of_order
from craffu.people.models import SourceRecord
from craffu.people.queries import find_record, identities, people_of_records
from craffu.web.consulting import looked_at
from craffu.web.court.words import day_words
from craffu.web.done import say_done
from craffu.web.edits import both_versions, seen_version
from craffu.web.middleware import acting
from craffu.web.monitoring.section import unplanned_before
from craffu.web.orders import presenters, words
from craffu.web.orders.opening import both_terms, head, open_order, refused, shown_version
from craffu.web.orders.scanning_views import pack_status
from craffu.web.orders.step_fields import STEPS
from craffu.web.orders.step_forms import NewOrderForm, StepForm
from craffu.web.orders.terms_forms import ADD, TermsForm
from craffu.web.people.presenters import name_shown
from craffu.web.presenters import Link, PageHead, Params, today_link
from craffu.web.references import address_of
from craffu.web.restricted.stubs import check_is_open

VICTIM = "victim"
# Whoever authorises brings no words, and agrees to those that they saw.
AUTHORISE = "authorise"
ACCUSED = ("suspect", "defendant")


def _may(move: str) -> Callable[[Acting], None]:
    return lambda by: check_holds(by, *EVERY_MOVE[move].who)


@require_http_methods(["GET", "HEAD", "POST"])
def order_step(request: HttpRequest, order: str, move: str) -> HttpResponse:
    """One step of one order, with exactly the fields that it needs; nothing typed is lost where it is refused."""
    if move not in STEPS or move == "impose":
        raise Http404
    by, found = open_order(request, order, _may(move))
    story = story_of_order(by, found)
    kind = story.kind if move != INTERIM else interim_kind(story) or story.kind
    data = request.POST if request.method == "POST" else None
    is_adding = data is not None and ADD in data
    form = StepForm(data, move=move, kind=kind)
    terms = _terms_form(data, move, story)
    versions: Params | None = None
    status: int | None = None
    done = None
    if data is not None and not is_adding and _is_valid(form, terms):
        try:
            done = _taken(by, story, move, _given(form, terms), seen_version(request))
        except (NotNow, NotPermitted) as refusal:
            form.add_error(form.beside(refusal.code), refusal.message)
            status = refused(request, refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
            by, found = open_order(request, order, _may(move))
            story = story_of_order(by, found)
            versions, status = _both(story, form, terms), refused(request, conflict)
    if done is not None:
        say_done(request, _said_after(done, move, story.away))
        return redirect("order_detail", order=done.reference)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("%(step)s: order %(reference)s") % {"step": words.STEPS[move], "reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors or (terms and terms.errors))),
        "kind": words.kind_words(found.kind, is_interim=found.is_interim),
        "status": words.ORDER_STATUS[found.status].tag,
        "form": form,
        "terms": terms,
        "versions": versions,
        "version": shown_version(request, _version(story), is_seen=versions is not None),
        "why_not": _why_not(by, story, move),
        "said": _said_before(story, move),
        "sealed": presenters.sealed_order(story),
        "prevailing": words.prevailing(story.order.kind),
        "order": order,
        "pack": pack_status(by, story) if move == "serve" else None,
        "unplanned": unplanned_before(by, story, move),
        "button_text": words.STEPS[move],
    }
    return render(request, "orders/step.html", page, status=status)


def _terms_form(data: Any, move: str, story: OrderStory) -> TermsForm | None:
    if not STEPS[move].has_terms:
        return None
    return TermsForm(data, standing=story.standing)


def _is_valid(form: StepForm, terms: TermsForm | None) -> bool:
    """Both are looked at, so that every error is said at once."""
    return all([form.is_valid(), terms is None or terms.is_valid()])


def _given(form: StepForm, terms: TermsForm | None) -> Given:
    return replace(form.given, terms=terms.terms) if terms is not None else form.given


def _taken(by: Acting, story: OrderStory, move: str, given: Given, seen: str) -> Order:
    moves, _dot, terms = seen.partition(".")
    if move == INTERIM:
        kind = interim_kind(story)
        order = story.order
        beginning = Beginning(
            kind=kind.code if kind else order.kind, respondent=_record(by, order.respondent_id), case=order.case, main=order,
            is_interim=True, protects=_protected(by, story),
        )  # fmt: skip
        return begin_order(by=by, beginning=beginning, move=move, given=given, seen=_number(moves))
    return move_order(
        by=by, order=story.order.reference, move=move, given=given, seen=_number(moves),
        seen_terms=_number(terms) if terms and (given.terms is not None or move == AUTHORISE) else None,
    )  # fmt: skip


def _version(story: OrderStory) -> str:
    """What a step is made from: how often the order was moved, and how many versions its words have."""
    return f"{story.order.moves_made}.{len(story.terms)}"


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() else -1


def _protected(by: Acting, story: OrderStory) -> list[SourceRecord]:
    return [_record(by, record) for record in records_protected(story.protects)]


def _record(by: Acting, record: int) -> SourceRecord:
    return check_is_there(find_record(by, record))


def _why_not(by: Acting, story: OrderStory, move: str) -> str:
    """Why the step cannot be taken as the order stands; empty where it can."""
    found = next((step for step in steps_of(by, story, clock.now()) if step.move == move), None)
    if found is None:
        return str(why_words("not_for_this_type"))
    return str(why_words(found.why)) if found.why else ""


def _said_before(story: OrderStory, move: str) -> list[str]:
    """What to know before the step is recorded."""
    said = []
    now = clock.now()
    if move == "serve" and (step := notification_if_served(story.kind, now, story.away)):
        said.append(
            _(
                "Service starts the clock of the first notification. Served today, its last day is %(day)s; today is day 1."
            )
            % {"day": day_words(step.last_day)}
        )
    if move == "discharge" and (lock := presenters.lock_words(lock_of(story.order, now))):
        said.append(lock)
    if move == "vary":
        said.append(
            _("Change the words below to those of the variation. To take a condition out, empty its type and words.")
        )
    if move == CORRECT_END:
        last_day = story.order.last_day
        said.append(
            _("On the register its last day is %(day)s.") % {"day": day_words(last_day)}
            if last_day
            else _("On the register it has no last day.")
        )
        said.append(
            _(
                "Only where the day was typed otherwise than the order has it. What a court changed is a variation. An order "
                "that ran out by the mistyped day stands again, and those it protects are told."
            )
        )
    if STEPS[move].has_terms:
        said.append(_("The words read “not checked” until a second person has compared them with the paper itself."))
    return said


def _said_after(order: Order, move: str, away: Collection[Away]) -> str:
    at = order.served_at if move == "serve" else None
    step = notification_if_served(kind_of(order.kind), at, away) if at is not None else None
    if step is None:
        return _("It is recorded.")
    return _("It is recorded. The last day of the first notification is %(day)s.") % {"day": day_words(step.last_day)}


def _both(story: OrderStory, form: StepForm, terms: TermsForm | None) -> Params:
    """How the order stands now, and what was given (T30)."""
    order = story.order
    last = story.moves[-1] if story.moves else None
    rows: list[tuple[Any, Any, Any]] = [
        (_("Status"), words.ORDER_STATUS[order.status].words, ""),
        (_("Last step"), _last_words(last), words.STEPS[form.move]),
        *((label, "", given) for label, given in form.said()),
    ]
    if terms is not None or form.move == AUTHORISE:
        rows.append(both_terms(story, terms))
    return both_versions(rows)


def _last_words(last: Any) -> str:
    if last is None:
        return ""
    name = last.by.name if last.by else _("Craffu")
    return _("%(step)s, %(day)s, %(name)s") % {
        "step": words.DONE.get(last.move, last.move), "day": day_words(day_of(last.known_from)), "name": name
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def order_new(request: HttpRequest, case: str, move: str) -> HttpResponse:
    """An order of which we first learn once it was made: by a court, or imposed in person (ORD-09)."""
    if move not in FROM_A_CASE:
        raise Http404
    by, found = _open_case(request, case, move)
    suspects, victims, people = _parties(by, found)
    data = request.POST if request.method == "POST" else None
    is_adding = data is not None and ADD in data
    new = NewOrderForm(None if is_adding else data, move=move, suspects=suspects, victims=victims, initial=_asked(data))
    code = str(new["kind"].value() or "")
    form = StepForm(data, move=move, kind=presenters.kind_or_first(code, move))
    terms = TermsForm(data)
    done, status = None, None
    if data is not None and not is_adding and all([new.is_valid(), _is_valid(form, terms)]):
        try:
            done = begin_order(by=by, beginning=_beginning(by, found, new), move=move, given=_given(form, terms))
        except (NotNow, NotPermitted) as refusal:
            form.add_error(form.beside(refusal.code), refusal.message)
            status = refused(request, refusal)
    if done is not None:
        say_done(request, _("It is recorded."))
        return redirect("order_detail", order=done.reference)
    looked_at(request, events.ORDER_VIEWED, [f"case/{case}", *(f"person/{one}" for one in people)])
    title = _("%(step)s: case %(reference)s") % {"step": words.STEPS[move], "reference": case}
    case_link = Link(_("Case %(reference)s") % {"reference": case}, address_of("case_detail", "case", case))
    page = {
        "head": PageHead(
            title,
            breadcrumbs=(today_link(), case_link, Link(title, "")),
            has_errors=bool(new.errors or form.errors or terms.errors),
        ),
        "new": new,
        "form": form,
        "terms": terms,
        "button_text": words.STEPS[move],
    }
    return render(request, "orders/new.html", page, status=status)


def _asked(data: Any) -> dict[str, Any] | None:
    """What was chosen so far, where only another row was asked for."""
    if data is None or ADD not in data:
        return None
    return {name: data.get(name) for name in ("kind", "respondent")} | {
        name: data.getlist(name) for name in ("is_interim", "protects")
    }


def _open_case(request: HttpRequest, case: str, move: str) -> tuple[Acting, Case]:
    by = acting(request)
    check_can_open_case(by, case)
    check_is_open(by, "case", case)
    found = find_case(by, case)
    if found is None:
        raise Http404
    _may(move)(by)
    return by, found


def _parties(by: Acting, case: Case) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[str]]:
    """Those against whom an order of the case may be, and those it may protect, by their records; and every person named."""
    roles = roles_in(by, case.pk)
    people = people_of_records(by, [role.record_id for role in roles])
    known = identities(by, dict.fromkeys(people.values()))

    def listed(wanted: tuple[str, ...]) -> list[tuple[str, str]]:
        records = dict.fromkeys(role.record_id for role in roles if role.role in wanted and role.record_id in people)
        return [(str(one), f"{name_shown(known[people[one].pk])} ({people[one].reference})") for one in records]

    named = {role.record_id for role in roles if role.role in (*ACCUSED, VICTIM)} & set(people)
    return listed(ACCUSED), listed((VICTIM,)), sorted({people[one].reference for one in named})


def _beginning(by: Acting, case: Case, new: NewOrderForm) -> Beginning:
    said = new.cleaned_data
    return Beginning(
        kind=said["kind"], respondent=_record(by, int(said["respondent"])), case=case, is_interim=bool(said["is_interim"]),
        protects=[_record(by, int(one)) for one in said["protects"]],
    )  # fmt: skip
