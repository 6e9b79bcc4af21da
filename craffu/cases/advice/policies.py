"""When advice can be asked, answered and judged: once each, in that order, in words (RES-04)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from craffu.common.moments import check_has_come
from craffu.common.refusals import Conflict, NotNow


def check_is_said(words: str) -> None:
    if not words.strip():
        raise NotNow("advice_no_words", _("Write what you ask or what was answered."))


def check_is_unanswered(*, is_answered: bool) -> None:
    if is_answered:
        raise Conflict("advice_answered", _("Somebody else has recorded an answer meanwhile. Nothing was changed."))


def check_moment(at: datetime, asked_at: datetime, now: datetime) -> None:
    check_has_come(at, now, code="answer_to_come")
    if at < asked_at:
        raise NotNow("answered_before_asked", _("Advice is not answered before it was asked for."))


def check_can_be_judged(lacks: Sequence[str]) -> None:
    if "not_answered" in lacks:
        raise NotNow("not_answered", _("Nobody has answered yet."))
    if "reason_missing" in lacks:
        raise NotNow("reason_missing", _("Say why it was not followed, or not all of it."))
