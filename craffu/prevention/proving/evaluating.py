"""What is said of any table of scores: how often the outcome followed, whom a threshold found and failed, and by how much it
failed some groups more than others (methods A6; PRI-08).

Pure. No share of accuracy: where few are followed by the outcome, whoever finds none of them is right nearly always.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from craffu.prevention.proving import measuring
from craffu.prevention.proving.measuring import Counts, Floats, Gap
from craffu.prevention.proving.tables import Scored, sizes
from craffu.published.intervals import Interval

AS_MANY: Final = "as many have this score or more as the outcome followed"


def evaluated(of: Scored, threshold: float | None, *, by_group: bool) -> dict[str, Any]:
    """The whole answer, shares rounded to six digits. Without a threshold, one is taken above which are as many people as the
    outcome followed, and the answer says so.
    """
    taken = threshold_for(of.scores, int(of.outcomes.sum())) if threshold is None else threshold
    whole = measuring.counts(of.scores, of.outcomes, taken)
    area = measuring.auc(of.scores, of.outcomes)
    groups = {name: measuring.counts(*of.of(name), taken) for name in sizes(of.groups)} if by_group else {}
    return {
        "n": whole.n,
        "left_out": of.left_out,
        **_counted(whole),
        "auc": _short(area),
        "auc_interval": None
        if area is None
        else _ends(measuring.auc_interval(area, whole.outcomes, whole.n - whole.outcomes)),
        "threshold": taken,
        "threshold_taken": AS_MANY if threshold is None else "as asked",
        "tenths": [tenth_said(one) for one in measuring.tenths(of.scores, of.outcomes)],
        "groups": [
            group_said(name, one) | ({"auc": _short(measuring.auc(*of.of(name)))} if one.is_shown else {})
            for name, one in groups.items()
        ],
        "gaps": [_gap(one) for one in measuring.gaps(groups)],
    }


def threshold_for(scores: Floats, wanted: int) -> float:
    """The highest score that so many have, or more; the highest of all where none are wanted."""
    order = np.sort(scores)[::-1]
    return float(order[max(0, wanted - 1)])


def _counted(one: Counts) -> dict[str, Any]:
    shares = one.shares()
    return {
        "tp": one.tp, "fp": one.fp, "fn": one.fn, "tn": one.tn,
        **{name: _short(measuring.share(of)) for name, of in shares.items()},
        "lift": _short(one.lift),
        "intervals": {name: _ends(measuring.interval(of)) for name, of in shares.items()},
    }  # fmt: skip


def group_said(name: str, one: Counts) -> dict[str, Any]:
    """A group of too few is named and not told (methods A6)."""
    if not one.is_shown:
        return {
            "group": name,
            "is_shown": False,
            "why": "fewer than 30 people, or fewer than 10 whom the outcome followed",
        }
    return {"group": name, "is_shown": True, "n": one.n, **_counted(one)}


def _gap(one: Gap) -> dict[str, Any]:
    return {
        "share": one.share, "group": one.group, "other": one.other, "gap": _short(one.gap), "interval": _ends(one.interval),
        "is_alert": one.is_alert,
    }  # fmt: skip


def tenth_said(one: measuring.Tenth) -> Mapping[str, Any]:
    of = (one.outcomes, one.n)
    return {
        "low": one.low, "high": one.high, "n": one.n, "outcomes": one.outcomes, "rate": _short(measuring.share(of)),
        "interval": _ends(measuring.interval(of)),
    }  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _ends(of: Interval | None) -> list[float] | None:
    return None if of is None else [round(of[0], 6), round(of[1], 6)]
