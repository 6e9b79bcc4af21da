"""The words for the reasons that the log keeps as keys: why something was refused, how somebody proved who they are (P40).

What somebody wrote in words of their own is shown as it was written.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craffu.access.emergency.reasons import REASONS as EMERGENCIES
from craffu.access.emergency.reasons import VERDICTS
from craffu.access.events import SESSION_ENDED
from craffu.access.factors.rules import Proof
from craffu.access.rules import Over, Scope
from craffu.web.presenters import Text

REFUSED: Mapping[str, Text] = {
    "right_not_held": _("Their role does not open this"),
    "restricted": _("The record is restricted"),
    "elsewhere": _("The record lies beyond their area, team or cases"),
    "no_such_record": _("There is no such record"),
    "no_such_area": _("There is no such area or team"),
    "other_force": _("It belongs to another force"),
    "nobody": _("Only a named person may"),
    "not_open": _("It was not open to them"),
    "own_acts": _("Their own acts"),
    "own_access": _("Their own emergency access"),
    "own_answer": _("An answer that they prepared"),
    "own_decision": _("A decision that they made"),
    "own_question": _("A question that they asked"),
    "own_grade": _("A risk grade that they gave"),
    "opens_nothing": _("A code or link that opens nothing, or nothing any more"),
    "does_casework": _("Interviews of practice and reviews of cases are for nobody who works on cases"),
    "asked_it_themselves": _("Something that they asked to have destroyed"),
    "not_theirs_to_decide": _("An answer to a recommendation that they do not decide"),
    "not_their_interview": _("An interview that somebody else held"),
    "not_agreed": _("They have not agreed that the reader sees their words"),
    "wrong_role": _("Another role makes that step of an order"),
    "self_authorisation": _("An order that they asked for or decided on"),
    "rank_too_low": _("Their rank does not authorise that kind of order"),
    "own_draft": _("Conditions that they drafted"),
    "own_terms": _("Terms of an order that they typed"),
    "own_search": _("A service pack that they searched"),
    "own_factors": _("Their own second factors"),
    "own_review": _("A review of an order that they made"),
    "review_not_open": _("Something in the review of an order is shut to them"),
    "not_the_chair": _("Minutes of a cohort meeting of which they have not the chair"),
    "own_plan": _("A management plan that they put forward"),
    "own_service": _("A service account of their own"),
    "own_token": _("An API token of their own"),
    "own_webhook": _("A webhook that they set up, or whose token is theirs"),
    "too_fast": _("They asked faster than people do"),
    "scope_not_held": _("Their API token is not for that"),
    "some_shut": _("Some records are shut to them, so that no rows leave by them"),
    "not_a_person": _("That figures are published is decided by a named person"),
    "held_back": _("Too many wrong tries"),
}

PROVED: Mapping[str, Text] = {
    Proof.PASSWORD: _("With a password"),
    Proof.CODE: _("With a code from an app"),
    Proof.PASSKEY: _("With a passkey"),
    Proof.RECOVERY: _("With a recovery code"),
    Proof.PROVIDER: _("At the force’s identity provider, with a second factor"),
    Proof.PROVIDER_ONE: _("At the force’s identity provider, without a second factor"),
}

HELD_BACK: Mapping[str, Text] = {
    Scope.PAIR: _("One account from one place"),
    Scope.ACCOUNT: _("One account from places where it never signed in before"),
    Scope.ADDRESS: _("One address, whatever the account"),
    Scope.PAGE: _("One address, at the safe page"),
}

# Why a session ended; `password` means here that it was changed.
ENDED: Mapping[str, Text] = {
    Over.IDLE: _("Not used for too long"),
    Over.TOO_LONG: _("Open for too long"),
    Over.EVERYWHERE: _("They signed out everywhere"),
    Over.PASSWORD: _("Their password was changed"),
    Over.CLOSED: _("Their account was closed"),
    Over.NO_RIGHTS: _("They hold no role any more"),
    Over.FACTORS: _("Their second factors were changed"),
}

_WORDS: Mapping[str, Text] = {**REFUSED, **PROVED, **HELD_BACK, **EMERGENCIES, **VERDICTS}


def reason_words(kind: str, reason: str) -> Text:
    return (ENDED if kind == SESSION_ENDED.key else _WORDS).get(reason, reason)
