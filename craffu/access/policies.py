"""When somebody may look at a restricted record, when who may be changed (SEC-02), when the glass may be broken and that be
reviewed (SEC-03), and when a fresh factor is there (T17)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.access.factors.rules import Proof, is_fresh, may_enrol
from craffu.access.provider.configuration import may_sign_in_here
from craffu.access.reach.rules import Place
from craffu.access.rights_requests.kinds import DECIDES, TAKES_EFFECT, Decided, Ending
from craffu.access.rights_requests.rules import Before, digest_of
from craffu.access.rights_requests.states import RightsStatus, may_follow
from craffu.access.sessions.models import SignInSession
from craffu.access.tokens.rules import Standing as TokenStanding
from craffu.access.unattended.queries import Service
from craffu.access.unattended.rules import AT_WORK, LONGEST_DAYS, Standing, is_length, may_do
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted


class FactorNotFresh(NotNow):
    """The person has to prove again who they are; a page sends them to do so and back."""


def fresh_for() -> timedelta:
    return timedelta(seconds=settings.CRAFFU_FACTOR_FRESH)


def proof_of(session: SignInSession) -> Proof | None:
    return Proof(session.factor) if session.factor else None


def check_may_enrol(session: SignInSession | None, *, has_factor: bool, now: datetime) -> None:
    """Refuses a change to somebody's own second factors from a session that is over or may have been left open (T17)."""
    if session is None or not may_enrol(
        proof_of(session), session.factor_at, has_factor=has_factor, lasts=fresh_for(), now=now
    ):
        raise FactorNotFresh("factor_not_fresh", _("Confirm that it is you, then try again."))


def check_has_factor(count: int) -> None:
    """Refuses recovery codes to somebody who has nothing to recover."""
    if not count:
        raise NotNow("no_factor", _("Recovery codes stand in for a second factor. Add an app or a passkey first."))


def check_may_remove_factor(left: int) -> None:
    """Refuses to leave somebody without a second factor where one is required."""
    if left < 1 and settings.CRAFFU_FACTOR_REQUIRED:
        raise NotNow("last_factor", _("This is your only second factor. Add another one first, then remove this one."))


def check_signs_in_here(username: str) -> None:
    """Refuses a password or a second factor of ours to somebody who may only sign in at the identity provider."""
    if not may_sign_in_here(username):
        raise NotNow(
            "signs_in_elsewhere",
            _("You sign in with your force’s sign-in service. Your password and second factors are changed there."),
        )


def check_fresh_factor(by: Acting, now: datetime | None = None) -> None:
    """Refuses what a session left open must not be enough for: exports, erasure, break-glass (T17).

    The system and the machine's operator have no session, and are not asked.
    """
    if by.user is not None and not is_fresh(by.factor_at, fresh_for(), now or clock.now()):
        raise FactorNotFresh("factor_not_fresh", _("Confirm that it is you, then try again."))


def is_let_in(admitted: bool, until: datetime | None, now: datetime) -> bool:
    """Whether an admission holds at an instant: it ends with its last moment, not after it."""
    return admitted and (until is None or now < until)


def check_may_restrict(is_restricted: bool) -> None:
    if is_restricted:
        raise NotNow("restricted_already", _("This record is restricted already. Change who may see it instead."))


def check_is_restricted(is_restricted: bool) -> None:
    if not is_restricted:
        raise NotNow("not_restricted", _("This record is not restricted: everybody whose role allows it may see it."))


def check_can_be_shut(is_restricted: bool, *, narrows: bool) -> None:
    """Refuses to let somebody in where nothing is shut to anybody: neither restricted nor in a force that narrows a role."""
    check_is_restricted(is_restricted or narrows)


def check_other_marking(now: str, wanted: str) -> None:
    if now == wanted:
        raise NotNow("marked_already", _("This record is marked so already."))


def check_other_place(now: Place, wanted: Place) -> None:
    if now == wanted:
        raise NotNow("placed_already", _("It belongs there already. Nothing was changed."))


def check_may_reach(reach: str, choices: Collection[str]) -> None:
    """Refuses to narrow or widen a role to what no force may say of it."""
    if reach not in choices:
        raise NotNow(
            "reach_not_allowed",
            _("This role cannot reach so far or so little. Choose one of: %(choices)s.")
            % {"choices": ", ".join(choices) or _("nothing: it reads no cases")},
        )


def check_somebody_stays(readers: int) -> None:
    """Refuses to shut out the last reader: nobody could open the record again."""
    if readers <= 1:
        raise NotNow(
            "last_reader", _("Nobody else may see this record. Let somebody else in first, or open it to all.")
        )


def check_is_shut_to(is_closed: bool) -> None:
    """Refuses emergency access to what is open to the person anyway, by an emergency or without."""
    if not is_closed:
        raise NotNow("open_already", _("This record is open to you already."))


def check_form_is_unused(was_used: bool) -> None:
    if was_used:
        raise NotNow("form_used", _("This form was sent already. Open it again and say why once more."))


def check_is_over(until: datetime | None, now: datetime) -> None:
    """Refuses to review an emergency access that still runs: not everything has been looked at yet."""
    if until is not None and now < until:
        raise NotNow("still_open", _("The record is still open to them. Review it when that has ended."))


def check_is_undecided(is_decided: bool) -> None:
    if is_decided:
        raise Conflict("decided_already", _("Somebody else has reviewed this meanwhile. Nothing was changed."))


WHY_IT_RESTS = {
    Standing.WAITS: gettext_lazy("This service account was never approved. Another administrator approves it first."),
    Standing.EXPIRED: gettext_lazy("The approval of this service account is over. Have it approved again."),
    Standing.UNOWNED: gettext_lazy(
        "Whoever answered for this service account has left. End it, and ask for another one."
    ),
    Standing.ENDED: gettext_lazy("This service account was ended. Ask for another one."),
}


def check_may_be_approved(service: Service | None, days: int) -> None:
    """Refuses to approve what was ended, what nobody answers for, and for longer than an approval holds."""
    if service is None or service.standing in {Standing.ENDED, Standing.UNOWNED}:
        raise NotNow("rests", str(WHY_IT_RESTS[service.standing if service else Standing.ENDED]))
    if not is_length(days):
        raise NotNow("too_long", _("An approval holds from 1 to %(days)s days.") % {"days": LONGEST_DAYS})


def check_may_work(service: Service, work: str, machine_account: str) -> None:
    """Refuses a service account that is not approved now, what it may not do, and anybody else at the machine."""
    if service.standing not in AT_WORK:
        raise NotNow(f"service_{service.standing}", str(WHY_IT_RESTS[service.standing]))
    if not may_do(service.work, work):
        allowed = ", ".join(service.work)
        raise NotNow(
            "service_not_its_work", _("This service account may not do this. It may: %(work)s.") % {"work": allowed}
        )
    if service.account.machine_account != machine_account:
        raise NotNow(
            "service_elsewhere",
            _("This service account works under the machine’s account %(name)s alone.")
            % {"name": service.account.machine_account},
        )


def check_day_is_past(day: date, today: date, since: date | None = None) -> None:
    """Refuses a day that has not come yet, and one before that on which it all began."""
    if day > today:
        raise NotNow("day_to_come", _("That day has not come yet."))
    if since is not None and day < since:
        raise NotNow("day_too_early", _("That is before the request was received."))


def check_is_sent_once_approved(day: date, approved_on: date) -> None:
    """Refuses a day of sending before that of the approval: an answer that is late would count as one in time (SEC-11)."""
    if day < approved_on:
        raise NotNow("day_before_approval", _("That is before the answer was approved."))


TOKEN_STANDS = {
    TokenStanding.WORKS: gettext_lazy("This token is approved already."),
    TokenStanding.EXPIRED: gettext_lazy("The time of this token is over. Its owner asks for another one."),
    TokenStanding.ENDED: gettext_lazy("This token was ended. Its owner asks for another one."),
}


def check_token_may_be_approved(standing: TokenStanding) -> None:
    """Refuses any token but one that waits: none is lengthened, so that a secret is never older than its approval."""
    if standing is not TokenStanding.WAITS:
        raise NotNow(f"token_{standing}", str(TOKEN_STANDS[standing]))


def check_is_there[T](found: T | None) -> T:
    """Another force's record does not exist for whoever asks (SEC-01)."""
    if found is None:
        raise NotPermitted("no_such_record", _("There is no such record."))
    return found


def check_may_take_step(present: RightsStatus, wanted: RightsStatus) -> None:
    """Refuses a step that does not follow: most often somebody else has taken one meanwhile."""
    if not may_follow(present, wanted):
        raise Conflict("step_taken", _("The request stands otherwise by now. Look at it again. Nothing was changed."))


def check_is_the_prepared_text(text: str, prepared: str | None) -> None:
    """Refuses an answer without its text, and one that is not, word for word, the text that was prepared (SEC-11).

    `prepared` is the digest of that text; None for the text that is being prepared.
    """
    if not text.strip():
        raise NotNow("text_missing", _("Copy the whole text of the answer."))
    if prepared is not None and digest_of(text) != prepared:
        raise NotNow(
            "text_differs",
            _(
                "This is not the text that was prepared, word for word and line for line. Copy that one in, or send the "
                "answer back, so that this text is prepared and approved."
            ),
        )


def check_answer_may_leave(why_not: Collection[Before]) -> None:
    """Refuses an answer that is not finished or that nobody else than its preparer approved (SEC-11)."""
    if why_not:
        raise NotNow("answer_stays", _("The answer is not ready to leave: prepare it again, and have it approved."))


def check_says_what_is_decided(kind: str, decided: Decided | None, *, is_known: bool) -> None:
    """An answer about rectification or restriction decides something, and agrees only about whom the register knows (SEC-11).

    `is_known` is that somebody in the register has the reference of the request now: one that was mistyped is given to a stranger
    later.
    """
    if kind not in DECIDES:
        return
    if decided is None:
        raise NotNow(
            "decided_missing", _("Say what the answer decides. Where it is prepared without that, send it back.")
        )
    if decided in TAKES_EFFECT and not is_known:
        words = _(
            "The request names nobody in Craffu, so that nothing would happen. Record it again with the person’s reference, and "
            "withdraw this one."
        )
        raise NotNow("decided_about_nobody", words)


def check_may_end(how: Ending, may: Collection[Ending]) -> None:
    """Refuses to end what does not stand: it was not agreed, or somebody has ended it already."""
    if how not in may:
        raise Conflict("effect_over", _("That does not stand any more. Look at it again. Nothing was changed."))
