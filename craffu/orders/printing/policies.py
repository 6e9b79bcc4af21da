"""When a paper may be printed: there is something to print, it betrays no victim, and each paper in it was looked at."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.orders.papers.rules import CARD_WAITS_FOR
from craffu.orders.printing.rules import AUDIENCES, Mark, is_privileged
from craffu.orders.serving.rules import Method
from craffu.people.contacts import CONTACTS


def check_audience(kind: str, audience: str) -> None:
    if audience not in AUDIENCES.get(kind, ()):
        raise NotNow("no_such_copy", _("Choose whom the copy is for."))


def check_is_made(*, is_live: bool) -> None:
    if not is_live:
        raise NotNow("no_live_order", _("A card is of an order that was made and has not ended."))


def check_card(lacks: Collection[str], *, is_supervisor: bool) -> None:
    """ORD-18: a card that lacks what Craffu could hold is printed by a supervisor alone, and says itself what it lacks."""
    if not is_supervisor and set(lacks) - CARD_WAITS_FOR:
        raise NotNow(
            "card_incomplete",
            _("The card is incomplete: only a supervisor prints it. The page of the order says what it lacks."),
        )


def check_has_terms(*, has_terms: bool) -> None:
    if not has_terms:
        raise NotNow("no_terms", _("There are no conditions yet. Draft them first."))


def check_has_attempts(*, has_attempts: bool) -> None:
    if not has_attempts:
        raise NotNow("no_attempts", _("Neither an attempt nor service is recorded."))


def check_pack_is_whole(lacks: Collection[str]) -> None:
    """ORD-06: what is put before a court is whole."""
    if lacks:
        raise NotNow("pack_incomplete", _("The application pack is not whole yet. Its page says what it lacks."))


def check_each_is_decided(undecided: Collection[int]) -> None:
    if undecided:
        said = {"number": len(undecided)}
        raise NotNow(
            "papers_undecided",
            _(
                "Papers of which nobody has said whether the respondent may have them: %(number)s. Look at each, and say so."
            )
            % said,
        )


def check_only(allowed: Collection[int], enclosed: Collection[int]) -> None:
    """SEC-12: what may not be in a copy is in none, whoever put it together."""
    if not set(enclosed) <= set(allowed):
        raise NotNow("paper_not_allowed", _("A paper in it may not be in this copy. Print it again."))


def check_may_leave_again(allowed: Collection[int], enclosed: Collection[int], *, is_more_known: bool) -> None:
    """SEC-12, VIC-09: what left leaves again only where the same papers would go in and it would be searched for no more."""
    if is_more_known or not set(enclosed) <= set(allowed):
        raise NotNow(
            "print_anew",
            _(
                "What may be in it, or what is protected about a victim, has changed since it was printed. Print it anew."
            ),
        )


def check_nothing_protected(found: Mapping[str, int]) -> None:
    """VIC-09: nothing that leaves lets anybody work out where a victim is. It says which kind was found, never what."""
    if found:
        named = ", ".join(f"{CONTACTS.get(kind, kind)} ({number})" for kind, number in found.items())
        raise NotNow(
            "protected_detail",
            _("It holds what is protected about a victim: %(found)s. Word it anew, then print it.") % {"found": named},
        )


def check_mark(mark: str) -> None:
    if mark not in set(Mark):
        raise NotNow("no_such_mark", _("Choose what may become of the paper."))


def check_can_be_marked(kind: str, standing: str | None) -> None:
    """SEC-12: nobody here lifts privilege."""
    if is_privileged(kind, standing):
        raise NotNow("privileged", _("It is legal advice, or marked as privileged. Only the legal team lifts that."))


def check_given(audience: str, given_to: str, method: str) -> None:
    """A copy goes to whom it was printed for; the court's never to the respondent."""
    if given_to != audience:
        raise NotNow("other_copy", _("This copy was printed for somebody else."))
    if method not in set(Method):
        raise NotNow("no_such_way", _("Choose how it was given."))


def check_given_by_now(printed_at: datetime, given_at: datetime, now: datetime) -> None:
    if not printed_at <= given_at <= now:
        raise NotNow("given_when", _("It was given after it was printed, and not after now."))
