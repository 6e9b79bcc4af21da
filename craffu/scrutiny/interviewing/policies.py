"""When an interview takes consent, words and quotes, and when a danger may still be answered (VIC-08, VIC-11, M3, M5)."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from craffu.common.refusals import Conflict, NotNow
from craffu.scrutiny.interviewing.facts import NewInterview
from craffu.scrutiny.interviewing.kinds import Whom


def check_says_whom(given: NewInterview) -> None:
    """Of staff their post and how large their station is; of a victim neither."""
    is_staff = given.whom is Whom.STAFF
    if is_staff and not (given.post and given.band):
        raise NotNow("post_missing", _("Of somebody in the force, choose their work and how large their station is."))
    if not is_staff and (given.post or given.band):
        raise NotNow("post_of_a_victim", _("A victim has no post in the force. Leave their work and station empty."))


def check_consent(why: Collection[str]) -> None:
    """Each lack has its own answer; the first is said."""
    if "readers_not_told" in why:
        raise NotNow(
            "notice_not_shown",
            _("They must first be told, in their language, who may come to read their words. Then ask for consent."),
        )
    if "not_consented" in why:
        raise NotNow(
            "not_consented",
            _("Without their consent that their words are kept, nothing is written down. Thank them and end here."),
        )
    if why:
        raise NotNow("consent_not_read", _("Read them the words on consent first, in the language of the interview."))


def check_is_consented(*, is_kept: bool) -> None:
    if not is_kept:
        raise NotNow("no_consent", _("Their consent does not stand: nothing they say is written down here."))


def check_may_be_quoted(*, is_quotable: bool) -> None:
    if not is_quotable:
        raise NotNow("no_quotes", _("They have not agreed to be quoted."))


def check_is_passage(*, is_passage: bool) -> None:
    if not is_passage:
        raise NotNow("not_their_words", _("That is not in their answer word for word. Copy it without a change."))


def check_is_said(words: str) -> None:
    if not words.strip():
        raise NotNow("nothing_said", _("Write it down."))


def check_takes_back(uses: Collection[str], standing: Collection[str]) -> None:
    if not set(uses) & set(standing):
        raise NotNow("nothing_to_take_back", _("There is no such consent that stands. Nothing was changed."))


def check_not_acted(*, is_acted: bool) -> None:
    if is_acted:
        raise Conflict("risk_acted_on", _("Somebody else has recorded what was done meanwhile. Nothing was changed."))
