"""Advocates for programs: who speaks for a victim; to an advocate, what those who named them were promised and told (VIC-10)."""

from typing import Any, Final

from django.http import HttpRequest
from ninja import Router

from craffu.access.acting import Acting
from craffu.access.tokens.rules import Scope
from craffu.api.opening import acting, looked_at, refs_of_victim, told_of
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.safety_answers import (
    AdvocateAnswer,
    AdvocatesAnswer,
    ClientPromises,
    ClientUpdates,
    PromiseSeen,
    PromisesPage,
    UpdateSeen,
    UpdatesPage,
)
from craffu.api.schemas import Problem
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.victims import events
from craffu.victims.advocates.queries import (
    Client,
    advocates_of,
    clients_of,
    ended_on,
    promises_to,
    standing_now,
    updates_for,
)
from craffu.victims.advocates.rules import AdvocateMay
from craffu.victims.models import Advocate
from craffu.victims.permissions import check_can_look_after, check_is_advocate
from craffu.victims.queries import Victim

OF_ONES_OWN: Final = {401: Problem, 403: Problem, 422: Problem}

router = Router(tags=["advocates"])


@router.get(
    "/victims/{victim}/advocates",
    response={200: AdvocatesAnswer, 401: Problem, 403: Problem, 404: Problem},
    url_name="victim_advocates",
    operation_id="victim_advocates",
)
def victim_advocates(request: HttpRequest, victim: str) -> Any:
    """Who speaks for her since she agreed to it, and until when, for whoever looks after her."""
    by = acting(request, Scope.READ_ADVOCATES)
    return told_of(by, victim, events.ADVOCATE_VIEWED, _advocates)


@router.get(
    "/promises", response={200: PromisesPage, **OF_ONES_OWN}, url_name="promise_list", operation_id="promise_list"
)
def promise_list(request: HttpRequest, page: Page = 1) -> Any:
    """For an advocate: what each victim who named them was promised since she agreed to it."""
    by, clients = _clients(request, AdvocateMay.SEE_PROMISES)
    shown = _seen(by, events.PROMISES_SEEN, clients, page)
    promised = promises_to(by, shown, clock.now())
    told = [
        ClientPromises(
            victim=one.victim.reference, since=one.since,
            promises=[
                PromiseSeen(
                    due_at=each.promise.due_at, status=each.stands.status.value, made_at=each.made.at if each.made else None
                )
                for each in reversed(promised[one.victim.reference])
            ],
        )
        for one in shown
    ]  # fmt: skip
    return PromisesPage(victims=told, page=page, pages=pages_of(len(clients)), total=len(clients))


@router.get("/updates", response={200: UpdatesPage, **OF_ONES_OWN}, url_name="update_list", operation_id="update_list")
def update_list(request: HttpRequest, page: Page = 1) -> Any:
    """For an advocate: of what each victim who named them was told since she agreed to it. In which words stays on the page."""
    by, clients = _clients(request, AdvocateMay.RECEIVE_HER_UPDATES)
    shown = _seen(by, events.UPDATES_SEEN, clients, page)
    heard = updates_for(by, shown, clock.now())
    told = [
        ClientUpdates(
            victim=one.victim.reference, since=one.since,
            updates=[
                UpdateSeen(at=each.at, told_of=[kind.value for kind in each.told_of])
                for each in heard[one.victim.reference]
            ],
        )
        for one in shown
    ]  # fmt: skip
    return UpdatesPage(victims=told, page=page, pages=pages_of(len(clients)), total=len(clients))


def _clients(request: HttpRequest, may: AdvocateMay) -> tuple[Acting, list[Client]]:
    by = acting(request, Scope.READ_PROMISES)
    check_is_advocate(by)
    return by, clients_of(by, may, day_of(clock.now()))


def _seen(by: Acting, kind: EventKind, clients: list[Client], page: int) -> list[Client]:
    shown: list[Client] = rows_on(clients, page)
    looked_at(by, kind, [ref for one in shown for ref in refs_of_victim(one.victim)])
    return shown


def _advocates(by: Acting, victim: Victim) -> AdvocatesAnswer:
    check_can_look_after(by)
    today = day_of(clock.now())
    return AdvocatesAnswer(
        victim=victim.reference,
        advocates=[
            _advocate(one, may_speak=standing_now(one, victim, AdvocateMay.GIVE_HER_VIEW, today) is None)
            for one in advocates_of(by, victim.records)
        ],
    )


def _advocate(one: Advocate, *, may_speak: bool) -> AdvocateAnswer:
    return AdvocateAnswer(
        number=one.pk, organisation=one.organisation, account=one.user.username if one.user else None,
        named_on=one.named_on, consent_on=one.consent_on, ended_on=ended_on(one), may_speak=may_speak,
    )  # fmt: skip
