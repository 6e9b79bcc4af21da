"""Who may see orders and who may move them (page map, P11 to P14; rules.md, Annexes B and F)."""

from django.utils.translation import gettext as _

from craffu.access.acting import SYSTEM, Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.access.roles import OPS
from craffu.common.refusals import NotPermitted
from craffu.orders.life.states import EVERY_MOVE, TABLE

# Who sees an order whole, and who sees only its words and its service: whoever may meet the respondent at a door.
SEE_ALL = (*OPS, "victim_officer", "authoriser", "court_liaison", "probation_liaison")
SEE_A_PART = ("response_officer",)
CONSIDER = ("investigator", "supervisor", "orders_team", "coordinator")
# Who may manage an order, which is to be asked when anything is due of it.
MANAGE = ("offender_manager", "orders_team", "investigator", "coordinator", "supervisor")
# Who follows an order up: those who manage it, and those who look after whom it protects and hear first that they are afraid.
FOLLOW_UP = (*MANAGE, "victim_officer")
GIVE_TERMS = ("victim_officer", "investigator", "supervisor", "orders_team")
SCAN = (*sorted(TABLE["serve"].who), "supervisor")
READ_ADVICE = (*OPS, "authoriser")
PRINT = ("orders_team", "investigator", "supervisor")
# Who writes to somebody whom an order protects: whoever may contact them at all. To the respondent, whoever prints.
WRITE = ("victim_officer", "investigator", "supervisor")
# Who looks after what came from courts and other forces: the inbox of documents and the court's own list (rules.md, Annex F).
WORK_INBOX = ("orders_team", "supervisor", "court_liaison")
# Who reviews an order, and who reads how it was reviewed and why (page map, P15).
REVIEW = ("offender_manager", "orders_team", "investigator", "supervisor")
READ_REVIEWS = (*OPS, "victim_officer")
# A kind's rules are no secret inside the force: whoever works with orders reads them, and an administrator edits them.
READ_CATALOGUE = (*SEE_ALL, "analyst", "auditor", "scrutiny_officer", "administrator")


def check_can_view_part(by: Acting) -> None:
    check_holds(by, *SEE_ALL, *SEE_A_PART)


def check_can_open_paper(by: Acting, *, is_sealed_order: bool, is_privileged: bool = False) -> None:
    """Whoever sees an order's words may hold them against the sealed order; no other paper is theirs.

    What is privileged is the force's own: nobody whose work is with a court, probation or the victim reads it (SEC-12).
    """
    if is_privileged:
        check_holds(by, *READ_ADVICE)
    elif is_sealed_order:
        check_can_view_part(by)
    else:
        check_can_view_order(by)


def check_can_view_order(by: Acting) -> None:
    check_holds(by, *SEE_ALL)


def check_can_consider(by: Acting) -> None:
    check_holds(by, *CONSIDER)


def check_can_open_again(by: Acting) -> None:
    """Whoever considers, and the feeds that tell of reports and breaches."""
    check_holds(by, *CONSIDER, SYSTEM)


def check_can_agree(by: Acting) -> User:
    """Who agrees that something is not pursued at high risk, and asks again about what was not pursued: a named supervisor."""
    check_holds(by, "supervisor")
    return check_is_somebody(by)


def check_is_second(by: Acting, first: User) -> User:
    """Never whoever decided (ORD-02)."""
    user = check_can_agree(by)
    if user == first:
        raise NotPermitted("own_decision", _("You decided this. Another supervisor agrees to it."))
    return user


def check_is_somebody(by: Acting) -> User:
    """A decision is a person's, never the system's."""
    if by.user is None:
        raise NotPermitted("nobody", _("Only a named person does this."))
    return by.user


def check_can_compare(by: Acting) -> None:
    """Who holds typed terms against the sealed order; that it is somebody else than who typed them, the rules say (ORD-20)."""
    check_holds(by, "orders_team", "investigator", "supervisor")


def check_can_agree_to_terms(by: Acting) -> User:
    """Who approves a condition that is worded for one order alone; that it is a second person, the policy says (ORD-14)."""
    check_holds(by, "supervisor", "orders_team")
    return check_is_somebody(by)


def check_can_record_court(by: Acting) -> None:
    """Who says what a court's result is: those who bring the court's word, and whoever investigates (rules.md, Annex F).

    Which of them records an order and which bail, the table of moves says.
    """
    check_holds(by, "orders_team", "court_liaison", "investigator")


def check_can_work_inbox(by: Acting) -> None:
    """Who sees and works on orders that came as documents. Which of them enters one in the register, the table of moves says."""
    check_holds(by, *WORK_INBOX)


def check_can_assign_inbox(by: Acting, owner: User) -> None:
    """Whoever works on the inbox takes something on for themselves; those who lead the work give it to others."""
    check_can_work_inbox(by)
    if by.user != owner:
        check_holds(by, "orders_team", "supervisor")


def check_can_read_catalogue(by: Acting) -> None:
    check_holds(by, *READ_CATALOGUE)


def check_can_edit_catalogue(by: Acting) -> None:
    check_holds(by, "administrator")
    check_is_named(by)


def check_can_print(by: Acting, kind: str) -> None:
    """A card: whoever sees the order's words. What goes to a court or a respondent: whoever brings the order there. A letter to
    somebody whom it protects: whoever contacts them.
    """
    if kind == "card":
        check_can_view_part(by)
    elif kind == "letter_to_protected":
        check_can_write(by)
    else:
        check_holds(by, *PRINT)


def check_can_write(by: Acting) -> User:
    """Who writes to somebody whom an order protects, and says that they have it: by name, because it is a contact (VIC-02)."""
    check_holds(by, *WRITE)
    return check_is_somebody(by)


def check_can_see_letters(by: Acting) -> None:
    """Who comes to the page of letters: whoever writes to the protected or to the respondent."""
    check_holds(by, *dict.fromkeys((*WRITE, *PRINT)))


def check_can_mark(by: Acting) -> None:
    """Who says what may become of a paper that is kept."""
    check_holds(by, *PRINT)


def check_can_enter(by: Acting) -> None:
    """Who says that an order stands in another police system."""
    check_holds(by, *PRINT)


def check_can_own(by: Acting) -> None:
    """Who says who manages an order."""
    check_holds(by, "supervisor", "orders_team", "coordinator")


def check_can_give(by: Acting, *, owner: User | None, to: User | None) -> User:
    """Whoever divides the work gives any order to anybody; who manages one hands it on, or takes what nobody has (ORD-18)."""
    user = check_is_somebody(by)
    is_theirs = owner == user
    takes_what_is_free = owner is None and to == user
    if is_theirs or takes_what_is_free:
        check_holds(by, *MANAGE)
    else:
        check_can_own(by)
    return user


def check_can_note_notification(by: Acting) -> User:
    """Who says that a respondent notified the police: those who manage orders, and whoever takes it at the station."""
    check_holds(by, *MANAGE, "response_officer")
    return check_is_somebody(by)


def check_can_follow_up(by: Acting) -> User:
    """Who raises heightened follow-up, and says what was done about it (MON-03)."""
    check_holds(by, *FOLLOW_UP)
    return check_is_somebody(by)


def check_can_note_terms(by: Acting) -> User:
    """Who gives a protected person the terms in writing: those who look after them, and the orders team (VIC-06)."""
    check_holds(by, *GIVE_TERMS)
    return check_is_somebody(by)


def check_can_note_told(by: Acting) -> User:
    """Who says that somebody was told of the order that protects them, or why not: who looks after them, or manages it."""
    check_holds(by, *dict.fromkeys((*MANAGE, *GIVE_TERMS)))
    return check_is_somebody(by)


def check_can_note_court(by: Acting) -> User:
    """Who says that a court was asked for something: those who manage orders, and those who bring the court's word."""
    check_holds(by, *MANAGE, "court_liaison")
    return check_is_somebody(by)


def check_can_view_checks(by: Acting) -> None:
    """Who sees how a respondent is monitored, and what was found (page map, P16)."""
    check_holds(by, *OPS)


def check_can_monitor(by: Acting) -> User:
    """Who says how conditions are checked, what came of it, and that a respondent is away: a named person who manages orders."""
    check_holds(by, *MANAGE)
    return check_is_somebody(by)


def check_can_scan_pack(by: Acting) -> User:
    """Who searches a service pack before it goes: whoever may serve, and who supervises them (VIC-09)."""
    check_holds(by, *SCAN)
    return check_is_somebody(by)


def check_can_release_pack(by: Acting) -> User:
    """Who lets a pack go though something was found; that it is another than who searched it, the policy says."""
    check_holds(by, "supervisor")
    return check_is_somebody(by)


def check_can_review(by: Acting) -> User:
    check_holds(by, *REVIEW)
    return check_is_somebody(by)


def check_can_read_reviews(by: Acting) -> None:
    """Who reads what was decided and why; the victim's own words are for those who may read them (VIC-08)."""
    check_holds(by, *READ_REVIEWS)


def check_can_sign_review(by: Acting) -> User:
    """Who agrees to a review that ends or relaxes an order, or leaves somebody unasked; that it is another, the policy says."""
    check_holds(by, "supervisor")
    return check_is_somebody(by)


def right_for(by: Acting, move: str) -> str:
    """By which of their rights somebody makes a move: of several the first by name. Any of theirs where none is of those.

    The rule refuses it then, and says that somebody else may.
    """
    row = EVERY_MOVE.get(move)
    held = sorted(by.rights & row.who) if row else []
    return held[0] if held else next(iter(sorted(by.rights)), "")


def check_is_named(by: Acting) -> None:
    """Every move is a person's, but for those of our own clock and of feeds."""
    if by.user is None and not by.holds_any(SYSTEM):
        raise NotPermitted("nobody", _("Only a named person does this."))
