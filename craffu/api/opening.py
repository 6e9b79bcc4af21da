"""Who asks, and the record they ask about: with the permissions, stubs and log of the pages (SEC-01, SEC-02, SEC-04)."""

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema

from craffu.access.acting import Acting
from craffu.access.reach.queries import beyond, whom_to_ask
from craffu.access.restricted.queries import restrictions, whom_outsiders_ask
from craffu.access.tokens.queries import Opened
from craffu.access.tokens.rules import Scope
from craffu.api.matching import change_as_read
from craffu.audit.actions import record_consultation
from craffu.audit.events import EventKind
from craffu.breaches.ledger.queries import case_it_is_shut_with as case_a_breach_is_shut_with
from craffu.breaches.ledger.queries import find_breach
from craffu.breaches.models import Breach
from craffu.cases.queries import cases_known
from craffu.common.refusals import NotNow, NotPermitted
from craffu.orders.models import Order
from craffu.orders.permissions import check_can_view_part
from craffu.orders.queries import case_it_is_shut_with, find_order
from craffu.people.models import Person
from craffu.people.queries import find_person, whoever_now
from craffu.victims.permissions import check_can_view_all
from craffu.victims.permissions import check_can_view_part as check_can_view_part_of_victim
from craffu.victims.queries import Victim, find_victim


def acting(request: HttpRequest, scope: Scope) -> Acting:
    """Who asks. Raises NotPermitted where they ask by a token that is for other things."""
    by: Acting = request.acting  # type: ignore[attr-defined]
    opened: Opened | None = request.opened  # type: ignore[attr-defined]
    if opened is not None and scope not in opened.scopes:
        raise NotPermitted(
            "scope_not_held", _("This token may not be used for that: it lacks %(scope)s.") % {"scope": scope}
        )
    return by


def looked_at(by: Acting, kind: EventKind, refs: Iterable[str]) -> None:
    """One row for each answer, naming the records in it."""
    record_consultation(kind=kind, actor=by.actor, refs=frozenset(refs), request=by.request)


def open_order(by: Acting, reference: str, check: Callable[[Acting], object] = check_can_view_part) -> Order:
    """Raises NotPermitted for whoever may not, and with whom to ask where it is shut with its case; else Http404."""
    check(by)
    found = find_order(by, reference)
    if found is not None:
        return found
    if case := case_it_is_shut_with(by, reference):
        raise _not_open(by, reference, case)
    raise Http404


def open_person(by: Acting, reference: str) -> Person:
    """Whoever a reference is now: of one whose records are another's it is the other (IDN-03). Who may is asked by whoever calls
    this. Raises Http404 where there is nobody, NotNow where they are several.
    """
    found = find_person(by, reference)
    if found is None:
        raise Http404
    now = whoever_now(by, [found])[found.pk]
    if len(now) > 1:
        words = _("What was recorded under this reference is of several people now: %(people)s. Ask for each.")
        raise NotNow("several_people", words % {"people": ", ".join(one.reference for one in now)})
    return now[0] if now else found


def open_breach(by: Acting, reference: str) -> Breach:
    """Raises with whom to ask where it is shut with its case, else Http404. Who may is asked by whoever calls this."""
    found = find_breach(by, reference)
    if found is not None:
        return found
    if case := case_a_breach_is_shut_with(by, reference):
        raise _not_open(by, reference, case)
    raise Http404


def open_victim(by: Acting, reference: str, *, part: bool = False) -> Victim:
    """`part` is what offender managers and the orders team see too. Raises NotPermitted for whoever may not, and with whom to ask
    where a case of hers is shut; else Http404.
    """
    (check_can_view_part_of_victim if part else check_can_view_all)(by)
    found = find_victim(by, reference)
    if found is None:
        raise Http404
    for case in found.shut:
        raise _not_open(by, case, case)
    return found


def refs_of_victim(victim: Victim) -> list[str]:
    """As her pages name her: as a victim and as the person she is."""
    return [f"victim/{victim.reference}", f"person/{victim.reference}"]


def told_of[A](
    by: Acting, victim: str, kind: EventKind, tell: Callable[[Acting, Victim], A], *, part: bool = False,
    cases: Callable[[A], Iterable[str]] = lambda _told: (),
) -> A:  # fmt: skip
    """A victim is opened, what `tell` says of her is told, and the log names her and the `cases` in it.

    Raises as `open_victim` does.
    """
    found = open_victim(by, victim, part=part)
    told = tell(by, found)
    looked_at(by, kind, [*refs_of_victim(found), *(f"case/{one}" for one in cases(told))])
    return told


def changed_as_read[A: Schema](
    request: HttpRequest, by: Acting, victim: str, tell: Callable[[Acting, Victim], A], change: Callable[[], object]
) -> A:
    """A victim is opened, changed where what `tell` says of her is as it was read, and what it says then is told.

    Raises as `open_victim` and `change_as_read` do.
    """
    found = open_victim(by, victim)
    change_as_read(request, lock=("victim", by.force.code, victim), now=lambda: tell(by, found), change=change)
    return tell(by, found)


def check_is_open(by: Acting, case: str) -> None:
    """Raises with whom to ask where a case is restricted or elsewhere, and Http404 where nobody may know of it; else nothing."""
    if by.is_hidden("case", case):
        raise Http404
    if by.is_closed("case", case) or (beyond(by, "case", [case]) and cases_known(by, [case])):
        raise _not_open(by, case, case)


def _not_open(by: Acting, reference: str, case: str) -> NotPermitted:
    if case in by.closed.get("case", frozenset()):
        ask = whom_outsiders_ask(by.force, {("case", case): restrictions(by.force)["case", case]})["case", case]
        name = ask.name if ask else _("your supervisor")
        words = _("%(reference)s exists and is restricted. If you need it for your work, ask %(name)s.")
        return NotPermitted("restricted", words % {"reference": reference, "name": name})
    _placement, who = whom_to_ask(by, "case", [case])[case]
    name = who.name if who else _("your supervisor")
    words = _("%(reference)s exists and belongs elsewhere. If you need it for your work, ask %(name)s.")
    return NotPermitted("elsewhere", words % {"reference": reference, "name": name})
