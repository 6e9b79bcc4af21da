"""Emergency access as a rule case file asks for it: plain values in, plain values out. It decides nothing of its own."""

from datetime import datetime
from typing import Any

from craffu.access.emergency.rules import Leaves, ends, may_review, missing


def asked(
    user: str, reason: str, words: str, at: datetime, *, factor_is_fresh: bool, reviewer: str | None
) -> dict[str, Any]:
    """Whether it is granted, until when, what it leaves and whether this reviewer may review it; or what is missing."""
    lacks = missing(reason, words, factor_is_fresh=factor_is_fresh)
    if lacks:
        return {"granted": False, "missing": [one.value for one in lacks]}
    until = ends(at)
    reviewed = {} if reviewer is None else {"review_accepted": may_review(reviewer, user)}
    return {
        "granted": True,
        "expires": until,
        "expires_utc": until,
        **{one.value: [*Leaves].count(one) for one in Leaves},
        **reviewed,
    }
