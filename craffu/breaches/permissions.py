"""Who may see breaches, report one, decide on it, and answer for it (page map, P06 to P09; rules.md, Annex F)."""

from django.utils.translation import gettext as _

from craffu.access.acting import OPERATOR, Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.access.roles import OPS
from craffu.breaches.ledger.kinds import Standpoint
from craffu.common.refusals import NotPermitted

# Who meets the respondent: the words of every order that stands, and what a breach of each is.
MEET = ("response_officer", *OPS)
SEE = ("response_officer", *OPS, "victim_officer")
# Whoever meets the respondent or looks after the victim tells of what may be a breach; probation tells of what it knows.
REPORT = (*SEE, "probation_liaison")
DECIDE = ("investigator", "supervisor", "coordinator", "offender_manager", "duty_inspector")
SUPERVISE = ("supervisor",)
# Who says what prosecution, court and probation decided, where no feed has told it.
RECORD = ("investigator", "supervisor", "orders_team", "court_liaison", "probation_liaison", "offender_manager")
# Whoever looks after a victim says what she was told, and clears up what does not agree about that.
RECORD_TOLD = (*RECORD, "victim_officer")
EXPLAIN = (*DECIDE, *RECORD_TOLD)
DECIDE_PATTERNS = ("coordinator",)
# Who prints a history for a court, and answers another force: both are disclosures.
DISCLOSE = ("investigator", "supervisor", "orders_team")


def check_can_view_terms_now(by: Acting) -> None:
    check_holds(by, *MEET)


def check_can_view_breaches(by: Acting) -> None:
    """The operator too, at the machine's own command; no page is theirs."""
    check_holds(by, *SEE, OPERATOR)


def check_can_view_lists(by: Acting) -> None:
    """Who works on the morning lists: those who manage perpetrators and cases (page map, P01)."""
    check_holds(by, *OPS)


def check_can_report(by: Acting) -> User:
    check_holds(by, *REPORT)
    return _somebody(by)


def check_can_decide(by: Acting) -> User:
    check_holds(by, *DECIDE)
    return _somebody(by)


def check_can_finalise(by: Acting) -> User:
    check_holds(by, *SUPERVISE)
    return _somebody(by)


def check_can_record_standpoint(by: Acting, standpoint: Standpoint) -> User:
    check_holds(by, *(RECORD_TOLD if standpoint is Standpoint.VICTIM_TOLD else RECORD))
    return _somebody(by)


def check_can_record_anything(by: Acting) -> User:
    """Whoever says what at least one standpoint decided."""
    check_holds(by, *RECORD_TOLD)
    return _somebody(by)


def check_can_explain(by: Acting) -> User:
    check_holds(by, *EXPLAIN)
    return _somebody(by)


def check_can_view_patterns(by: Acting) -> User:
    """Whoever opens the queue: the coordinator, and the supervisor, who decides nothing of it."""
    check_holds(by, *DECIDE_PATTERNS, *SUPERVISE)
    return _somebody(by)


def check_can_decide_pattern(by: Acting) -> User:
    check_holds(by, *DECIDE_PATTERNS)
    return _somebody(by)


def check_can_disclose(by: Acting) -> User:
    check_holds(by, *DISCLOSE)
    return _somebody(by)


def decides_as(by: Acting) -> str:
    """By which right somebody decides: the most of those that they hold."""
    return next((right for right in ("duty_inspector", *SUPERVISE, *DECIDE) if by.holds_any(right)), "")


def _somebody(by: Acting) -> User:
    if by.user is None:
        raise NotPermitted("nobody", _("Only a named person does this."))
    return by.user
