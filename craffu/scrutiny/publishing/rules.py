"""Whether a report may be published: the force checked its facts and replied, or had its time, and both texts are kept (SCR-12).

Pure. The findings stay the commissioner's; what the force asks to be corrected is taken, or declined with a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from craffu.clocks.working_days import working_days_after

# `scr.fact_check_working_days` of the rules.
FACT_CHECK_WORKING_DAYS: Final = 10


class Why(StrEnum):
    """Why a report may not be published yet."""

    DRAFT_NOT_KEPT = "draft_text_not_kept"
    REPLY_AWAITED = "reply_awaited"
    REPLY_NOT_KEPT = "reply_text_not_kept"
    UNANSWERED = "correction_unanswered"
    NO_REASON = "no_reason"


@dataclass(frozen=True, slots=True)
class Correction:
    """What the force asks to be corrected. `is_taken` is None until it is answered."""

    key: str
    is_taken: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The force's reply: when, whether its text is kept, and what it asks for."""

    on: date
    is_kept: bool
    corrections: Sequence[Correction] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """By when the reply is due, and why not to publish, of which correction.

    `no_reply` is said where the day passed without one.
    """

    reply_by: date
    refusals: tuple[tuple[Why, str], ...]
    no_reply: bool

    @property
    def is_publishable(self) -> bool:
        return not self.refusals


def reply_by(sent: date) -> date:
    """The last day for the force's reply to a draft that was sent on a day."""
    return working_days_after(sent, FACT_CHECK_WORKING_DAYS).due_day


def publication(
    sent: date, today: date, reply: Reply | None, earlier: Sequence[Correction] = (), *, draft_is_kept: bool
) -> Publication:
    """Whether it may be published on a day (SCR-12). `earlier` was asked for in drafts before: it is answered all the same."""
    last, refusals = reply_by(sent), list[tuple[Why, str]]()
    if not draft_is_kept:
        refusals.append((Why.DRAFT_NOT_KEPT, ""))
    if reply is None:
        if today <= last:
            refusals.append((Why.REPLY_AWAITED, ""))
    elif not reply.is_kept:
        refusals.append((Why.REPLY_NOT_KEPT, ""))
    for one in (*earlier, *(reply.corrections if reply else ())):
        if one.is_taken is None:
            refusals.append((Why.UNANSWERED, one.key))
        elif not one.is_taken and not one.reason:
            refusals.append((Why.NO_REASON, one.key))
    return Publication(last, tuple(refusals), no_reply=reply is None and today > last)
