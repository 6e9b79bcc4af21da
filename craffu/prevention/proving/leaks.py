"""Whether an order as of a day rests on anything that came after it: refused, whatever it would have shown (methods A6).

Pure. Asked of every span that a cut-off is scored by, from what each says of itself and not from how it was chosen.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from craffu.clocks.london import day_of
from craffu.prevention.scoring.known import Span


class Leak(StrEnum):
    STATUS = "a status known later"
    RECORDED = "a late recording"
    LINK = "a link made later"


class Leaked(ValueError):
    """A cut-off was to be scored by what came after it; the message says of what kind, how much, and where it is seen."""


def check_no_leak(used: Collection[Span], linked_at: Mapping[int, datetime], at: datetime) -> None:
    """Raises Leaked where a span was recorded, its word said, or its record made one with others after a cut-off."""
    late = {
        Leak.RECORDED: [one for one in used if one.recorded_on > day_of(at)],
        Leak.STATUS: [one for one in used if one.said_at > at],
        Leak.LINK: [one for one in used if any(linked_at.get(who, at) > at for who in (one.record, *one.victims))],
    }
    for kind, several in late.items():
        if several:
            raise Leaked(
                f"as of {day_of(at)} {len(several)} of {len(used)} events rest on {kind.value}, first {several[0].act}:"
                " nothing was measured"
            )
