"""When a draft may go to the force and when a report may be published (SCR-09, SCR-12)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.common.reasons import is_too_short
from craffu.common.refusals import Conflict, NotNow
from craffu.scrutiny.publishing.rules import Publication, Why

LACKS: Final[Mapping[Why, Promise]] = {
    Why.DRAFT_NOT_KEPT: gettext_lazy("The draft that the force had is not kept. Send it anew."),
    Why.REPLY_AWAITED: gettext_lazy("The force has its time to check the facts. Wait for its reply, or for that day."),
    Why.REPLY_NOT_KEPT: gettext_lazy("The force’s reply is not kept word for word."),
    Why.UNANSWERED: gettext_lazy("Something that the force asks to have corrected is not answered yet."),
    Why.NO_REASON: gettext_lazy("A correction was declined without a reason."),
}


def check_claims_hold(not_holding: Sequence[int], *, claims: int) -> None:
    """Of a report each claim holds, and there is one at least (SCR-09)."""
    if not claims:
        raise NotNow("nothing_claimed", _("It claims nothing yet. Write a finding, and a claim with its evidence."))
    if not_holding:
        said = {"numbers": ", ".join(map(str, not_holding))}
        raise NotNow("claims_not_holding", _("These claims do not hold: %(numbers)s. Mend or withdraw them.") % said)


def check_each_finding_claims(without: Sequence[int]) -> None:
    """A finding says what its claims hold (SCR-09)."""
    if without:
        said = {"numbers": ", ".join(map(str, without))}
        raise NotNow(
            "finding_claims_nothing",
            _("No claim stands under these findings: %(numbers)s. Write one, or withdraw them.") % said,
        )


def check_tells_nothing_hidden(texts: Sequence[str]) -> None:
    """No finding and no title tells what is hidden in the table beside it (MSR-03)."""
    if texts:
        raise NotNow(
            "text_tells_hidden",
            _("These tell a count or a share that the public is not told: %(texts)s. Say few, most or nearly all.")
            % {"texts": ", ".join(texts)},
        )


def check_nothing_new(added: Sequence[str]) -> None:
    """The force has had its say on everything that is published (SCR-12). What was mended since is its correction taken."""
    if added:
        raise NotNow(
            "added_since_draft",
            _("The force has not seen what was added since: %(added)s. Take the draft back, and send it again.")
            % {"added": ", ".join(added)},
        )


def check_same_text(seen: str, now: str) -> None:
    """What goes out is what was read."""
    if seen != now:
        raise Conflict("dive_changed", _("Somebody has changed it since you read it. Read it again."))


def check_reply(words: str, post: str) -> None:
    if is_too_short(words) or not post.strip():
        raise NotNow("reply_unsaid", _("Keep the reply word for word, and say which post gave it."))


def check_came(on: date, sent: date, today: date) -> None:
    if not sent <= on <= today:
        raise NotNow("reply_other_day", _("The reply came after the draft was sent, and not later than today."))


def check_declined(reason: str, reason_cy: str, *, is_taken: bool) -> None:
    """It is printed in both languages."""
    if not is_taken and (is_too_short(reason) or is_too_short(reason_cy)):
        raise NotNow(
            Why.NO_REASON.value, _("Say why it is declined in English and in Welsh, in ten characters or more each.")
        )


def check_not_answered(*, is_answered: bool) -> None:
    if is_answered:
        raise Conflict("correction_answered", _("It is answered already. Nothing was changed."))


def check_publishable(found: Publication) -> None:
    if found.refusals:
        why, _of = found.refusals[0]
        raise NotNow(why.value, str(LACKS[why]))
