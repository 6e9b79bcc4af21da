"""Which scopes open anything to whoever would own a token: it may never do more than its owner (SEC-01, ADR 91).

Each is told by the checks that the API asks with it, and by none of its own; a test holds them to what the API answers.
"""

from collections.abc import Callable, Mapping
from typing import Final

from craffu.access.acting import Acting
from craffu.access.permissions import check_holds
from craffu.access.tokens.rules import Scope
from craffu.breaches.permissions import check_can_report, check_can_view_breaches
from craffu.cases.permissions import check_can_view_case
from craffu.common.refusals import allows
from craffu.measures.permissions import check_can_see
from craffu.orders.life.states import TABLE
from craffu.orders.permissions import check_can_see_letters, check_can_view_order, check_can_view_part, check_can_write
from craffu.people.permissions import check_can_view_person
from craffu.prevention.permissions import check_can_meet, check_can_plan, check_can_see_meetings, check_can_see_scores
from craffu.published.permissions import check_can_view_profile
from craffu.resourcing.permissions import check_can_read_coverage
from craffu.scrutiny.initiatives.permissions import check_can_read_initiatives
from craffu.scrutiny.recommending.permissions import keeps
from craffu.scrutiny.recommending.queries import recommendations
from craffu.victims.permissions import check_can_look_after, check_is_advocate
from craffu.victims.permissions import check_can_view_part as check_can_view_part_of_victim
from craffu.web.tokens.words import SCOPES
from craffu.work.permissions import check_can_have_calendar

type _Check = Callable[[Acting], object]


def _check_can_move(by: Acting) -> None:
    check_can_view_part(by)
    check_holds(by, *sorted(frozenset().union(*(move.who for move in TABLE.values()))))


def _asks(*checks: _Check) -> Callable[[Acting], bool]:
    """Whoever passes every one of these is let in by it."""
    return lambda by: all(allows(check, by) for check in checks)


def _says_of_recommendations(by: Acting) -> bool:
    return keeps(by) or any(one.owned_by == by.user for one in recommendations(by))


_OPENS: Final[Mapping[Scope, Callable[[Acting], bool]]] = {
    Scope.READ_PEOPLE: _asks(check_can_view_person),
    Scope.READ_CASES: _asks(check_can_view_case),
    Scope.READ_ORDERS: _asks(check_can_view_part),
    Scope.MOVE_ORDERS: _asks(_check_can_move),
    Scope.GIVE_ORDERS_OUT: _asks(check_can_view_order),
    Scope.READ_BREACHES: _asks(check_can_view_person, check_can_view_breaches),
    Scope.REPORT_BREACHES: _asks(check_can_report),
    Scope.READ_VICTIMS: _asks(check_can_view_part_of_victim),
    Scope.CONTACT_VICTIMS: _asks(check_can_look_after),
    Scope.READ_VIEWS: _asks(check_can_view_part_of_victim),
    Scope.TAKE_VIEWS: _asks(check_can_look_after),
    Scope.READ_SAFETY: _asks(check_can_look_after),
    Scope.KEEP_SAFE: _asks(check_can_look_after),
    Scope.READ_ADVOCATES: _asks(check_can_look_after),
    Scope.READ_PROMISES: _asks(check_is_advocate),
    Scope.READ_LETTERS: lambda by: allows(check_can_see_letters, by) or allows(check_can_look_after, by),
    Scope.CARRY_LETTERS: lambda by: allows(check_can_write, by) or allows(check_can_look_after, by),
    Scope.READ_PREVENTION: _asks(check_can_see_scores),
    Scope.PLAN: _asks(check_can_plan),
    Scope.READ_MEETINGS: _asks(check_can_see_meetings),
    Scope.ACT_FOR_MEETINGS: _asks(check_can_meet),
    # What was published anybody reads.
    Scope.READ_SCRUTINY: _asks(),
    Scope.SAY_OF_RECOMMENDATIONS: _says_of_recommendations,
    Scope.READ_INITIATIVES: _asks(check_can_read_initiatives),
    Scope.READ_CHAMPIONS: _asks(check_can_read_coverage),
    Scope.READ_WORK: _asks(check_can_have_calendar),
    Scope.READ_MEASURES: _asks(check_can_see),
    Scope.READ_PUBLISHED: _asks(check_can_view_profile),
}


def opened_to(by: Acting) -> list[Scope]:
    """Those that open something to somebody, in the order in which the form lists them. One at least: what was published."""
    return [scope for scope in SCOPES if _OPENS[scope](by)]
