"""Who may: the one check that a right is held, with a reason a person can act on."""

from django.utils.translation import gettext as _

from craffu.access.acting import OPERATOR, SYSTEM, Acting
from craffu.access.emergency.rules import may_review
from craffu.access.models import User
from craffu.access.reach.queries import beyond
from craffu.access.roles import BY_KEY, OPS, OUTSIDERS
from craffu.access.tokens.models import ApiToken
from craffu.access.unattended.models import ServiceAccount
from craffu.access.unattended.rules import is_second_person
from craffu.access.webhooks.models import Webhook
from craffu.common.refusals import NotPermitted


def check_holds(by: Acting, *rights: str) -> None:
    """Refuses unless the person holds one of these roles or capabilities, and says whom they can ask."""
    if not by.holds_any(*rights):
        of_people = [right for right in rights if right in BY_KEY and right != SYSTEM]
        names = {"roles": ", ".join(str(BY_KEY[right].title) for right in of_people)}
        said = _("This is open to: %(roles)s. Ask your supervisor.")
        if by.rights <= OUTSIDERS:
            said = _("This is open to: %(roles)s. Ask whoever in the force gave you your account.")
        raise NotPermitted("right_not_held", said % names)


# Who answers for risk: they shut records and say who sees them (SEC-02).
KEEPERS = ("supervisor", "coordinator")
# Who may open a restricted record in an emergency (page map, P04), and who reviews that they did (P04; rules.md, Annex F).
BREAK_GLASS = ("response_officer", *OPS, "victim_officer")
REVIEWERS = (*KEEPERS, "auditor")


def check_can_manage_accounts(by: Acting) -> None:
    check_holds(by, "administrator", OPERATOR, SYSTEM)


def check_can_change_keys(by: Acting) -> None:
    """Keys lie on the machine: whoever stands at it, or the administrator by name."""
    check_holds(by, "administrator", OPERATOR)


def check_same_force(by: Acting, user: User) -> None:
    """Another force's account does not exist for whoever asks (SEC-01)."""
    if user.force_id != by.force.pk:
        raise NotPermitted("other_force", _("There is no such account."))


def check_can_reset_factors(by: Acting, user: User) -> None:
    """Who may remove somebody's second factors: who looks after accounts, and never their own."""
    check_can_manage_accounts(by)
    check_same_force(by, user)
    if user == by.user:
        raise NotPermitted("own_factors", _("You cannot reset your own second factors. Ask another administrator."))


def check_keeps_records(by: Acting) -> None:
    check_holds(by, *KEEPERS)


def check_can_restrict(by: Acting, kind: str, reference: str) -> User:
    """Who may shut a record, open it, and say who sees it: those who answer for risk, if it is open to them themselves.

    Returns who it is, because outsiders are sent to ask them.
    """
    return _keeper_of(by, kind, reference)


def check_can_place(by: Acting, kind: str, reference: str) -> User:
    """Who may say where a record belongs: those who answer for risk, if it is open to them. Returns who it is."""
    return _keeper_of(by, kind, reference)


def _keeper_of(by: Acting, kind: str, reference: str) -> User:
    check_keeps_records(by)
    if by.is_hidden(kind, reference):
        raise NotPermitted("no_such_record", _("There is no such record."))
    if by.user is None or by.is_closed(kind, reference):
        raise NotPermitted("restricted", _("This record is restricted. Whoever looks after it decides who may see it."))
    if beyond(by, kind, [reference]):
        raise NotPermitted("elsewhere", _("This record is not open to you. Whoever looks after it decides about it."))
    return by.user


def check_can_break_glass(by: Acting) -> User:
    """Who may open a restricted record in an emergency: whoever may meet the person it is about, at a door or a desk.

    Returns who it is.
    """
    check_holds(by, *BREAK_GLASS)
    if by.user is None:
        raise NotPermitted("nobody", _("Only a person opens a record in an emergency."))
    return by.user


def check_can_review(by: Acting) -> User:
    """Who may look into emergency accesses. Returns who it is."""
    check_holds(by, *REVIEWERS)
    if by.user is None:
        raise NotPermitted("nobody", _("Only a person reviews an emergency access."))
    return by.user


def check_is_anothers(by: Acting, user: User) -> None:
    """Nobody reviews their own emergency access (SEC-03)."""
    if not may_review(by.actor.name, user.username):
        raise NotPermitted("own_access", _("This was your own emergency access. Somebody else reviews it."))


def _administrator(by: Acting) -> User:
    """A named person who looks after accounts; nobody at the machine without a name."""
    check_holds(by, "administrator")
    if by.user is None:
        raise NotPermitted("nobody", _("Only a named person does this."))
    return by.user


def check_can_ask_for_service(by: Acting, owner: User) -> User:
    """Who may ask for a service account, for an owner of their own force. Returns who it is."""
    requester = _administrator(by)
    check_same_force(by, owner)
    return requester


def check_can_approve_service(by: Acting, account: ServiceAccount) -> User:
    """Who may let a service account work: somebody who looks after accounts, and neither asked for it nor answers for it."""
    approver = _administrator(by)
    if not is_second_person(approver.username, account.requester.username, account.owner.username):
        raise NotPermitted(
            "own_service",
            _("You asked for this service account, or you answer for it. Another administrator approves it."),
        )
    return approver


def check_can_end_service(by: Acting, account: ServiceAccount) -> None:
    """Who may end one: who looks after accounts, whoever stands at the machine, and who answers for it."""
    if by.user is None or by.user != account.owner:
        check_holds(by, "administrator", OPERATOR)


def check_can_view_service(by: Acting, account: ServiceAccount | None) -> None:
    """Who may see one: who looks after accounts, and who answers for it."""
    if account is None or by.user is None or by.user != account.owner:
        check_holds(by, "administrator")


def check_can_ask_for_token(by: Acting) -> User:
    """Who may ask for an API token: a named person who holds any right, for themselves. Returns who it is."""
    if by.user is None or not by.rights:
        raise NotPermitted("nobody", _("Only a named person does this."))
    return by.user


def check_can_approve_token(by: Acting, token: ApiToken) -> User:
    """Who may let a token work: somebody who looks after accounts, and whose it is not. Returns who it is."""
    approver = _administrator(by)
    if approver == token.user:
        raise NotPermitted("own_token", _("This is your own token. Another administrator approves it."))
    return approver


def check_can_end_token(by: Acting, token: ApiToken) -> None:
    """Who may end one: whose it is, and who looks after accounts."""
    if by.user is None or by.user != token.user:
        check_holds(by, "administrator")


def check_can_keep_webhooks(by: Acting) -> User:
    """Who may set a webhook up, begin one again, and end one: a named person who looks after accounts. Returns who it is."""
    return _administrator(by)


def check_can_approve_webhook(by: Acting, hook: Webhook) -> User:
    """Who may let a webhook be told: an administrator who neither set it up nor owns its token. Returns who it is."""
    approver = _administrator(by)
    if approver in {hook.asked_by, hook.token.user}:
        raise NotPermitted(
            "own_webhook", _("You set this webhook up, or its token is yours. Another administrator approves it.")
        )
    return approver


def check_can_export_list(by: Acting) -> None:
    """Who may take a whole list of people out of Craffu: those who answer for risk. One person's record is another question."""
    check_keeps_records(by)


def check_can_export_record(by: Acting) -> None:
    """Who may take the record of one person out: those who run cases."""
    check_holds(by, *OPS)


def check_can_handle_rights(by: Acting) -> User:
    """Who handles people's requests about their own data (rules.md, Annex F). Returns who it is."""
    check_holds(by, "auditor")
    if by.user is None:
        raise NotPermitted("nobody", _("Only a person handles a rights request."))
    return by.user


def check_prepared_by_another(by: Acting, preparer: User | None) -> None:
    """The preparer never approves (SEC-11)."""
    if preparer is not None and preparer == by.user:
        raise NotPermitted("own_answer", _("You prepared this answer. Somebody else approves it."))


def check_can_read_log(by: Acting) -> None:
    check_holds(by, "auditor")
