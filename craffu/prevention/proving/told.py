"""What a test of a scheme against the past says: each outcome apart, beside five simpler orders, by tenth, group and time.

Pure. It says what it found, whatever that is (methods A6).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import numpy as np

from craffu.prevention.proving import measuring
from craffu.prevention.proving.backtesting import Figure, proofs
from craffu.prevention.proving.cutoffs import ORDERS, OUTCOMES, Asked
from craffu.prevention.proving.evaluating import group_said, tenth_said
from craffu.prevention.proving.measuring import Counts

MISSED: Final = 20
# From so many points on limits are drawn.
POINTS: Final = 12
_XMR: Final = 2.66

type Groups = Mapping[str, Mapping[int, str]]


def told_of(
    asked: Sequence[Asked], k: int, groups: Groups, *, resamples: int, said: Callable[[], object] = lambda: None
) -> dict[str, Any]:
    """The whole answer of some cut-offs. `groups` are, by what people are split by, which group each person is of."""
    people = sorted({person for one in asked for person in one.people})
    row_of = {person: row for row, person in enumerate(people)}
    outcomes = {name: _of_outcome(asked, name, k, row_of, resamples, said) for name in OUTCOMES}
    return {
        "cutoffs": [one.on.isoformat() for one in asked],
        "k": k,
        "people": len(people),
        "rows": sum(len(one.people) for one in asked),
        "outcomes": outcomes,
        **{f"{what}_at_k": outcomes["any"]["scheme"][what] for what in ("precision", "recall")},
        "harm_captured": outcomes["any"]["scheme"]["harm"],
        "baselines": outcomes["any"]["baselines"],
        "calibration": [tenth_said(one) for one in measuring.tenths(*_together(asked, "any"))],
        "fairness": [one for by, of in groups.items() for one in _fairness(asked, k, by, of)],
        "drift": _drift(asked, k),
        "serious_missed": _missed(asked, k),
    }


def _of_outcome(
    asked: Sequence[Asked], outcome: str, k: int, row_of: Mapping[int, int], resamples: int, said: Callable[[], object]
) -> dict[str, Any]:
    cutoffs = [one.cutoff(outcome, row_of) for one in asked]
    found, ahead = proofs(cutoffs, k, resamples=resamples, said=said)
    scores, outcomes = _together(asked, outcome)
    return {
        "followed": int(outcomes.sum()),
        "base_rate": _short(measuring.share((int(outcomes.sum()), len(outcomes)))),
        "auc": _short(measuring.auc(scores, outcomes)),
        "scheme": _figures(asdict(found[ORDERS[0]])),
        "baselines": {
            name: {**_figures(asdict(found[name])), "scheme_is_ahead_by": _leads(ahead[name])} for name in ORDERS[1:]
        },
    }


def _together(asked: Sequence[Asked], outcome: str) -> tuple[measuring.Floats, measuring.Whole]:
    scores = np.array([value for one in asked for value in one.scores[ORDERS[0]]], dtype=np.float64)
    return scores, np.array([did for one in asked for did in one.followed[outcome]], dtype=np.int64)


def _figures(of: Mapping[str, Mapping[str, float | None]]) -> dict[str, Any]:
    return {what: {name: _short(value) for name, value in figure.items()} for what, figure in of.items()}


def _leads(of: Mapping[str, Figure]) -> dict[str, Any]:
    """By how much, and whether that is sure: only where the interval leaves out nought."""
    return {
        what: {
            "value": _short(one.value), "low": _short(one.low), "high": _short(one.high),
            "is_sure": one.low is not None and one.high is not None and not one.low <= 0 <= one.high,
        }
        for what, one in of.items()
    }  # fmt: skip


def picked(one: Asked, k: int) -> set[int]:
    """The first k by score, and whoever has the same score as the last of them."""
    if len(one.people) <= k:
        return set(one.people)
    scores = one.scores[ORDERS[0]]
    least = sorted(scores, reverse=True)[k - 1]
    return {person for person, score in zip(one.people, scores, strict=True) if score >= least}


def _fairness(asked: Sequence[Asked], k: int, by: str, of: Mapping[int, str]) -> list[dict[str, Any]]:
    """Whom the first k found and failed, by group, all cut-offs together; gaps of the miss rate and of the precision."""
    cells: Counter[tuple[str, bool, bool]] = Counter()
    for one in asked:
        first = picked(one, k)
        for person, did in zip(one.people, one.followed["any"], strict=True):
            cells[of.get(person, "not given"), person in first, did] += 1
    groups = {
        name: Counts(cells[name, True, True], cells[name, True, False], cells[name, False, True], cells[name, False, False])
        for name in sorted({name for name, _, _ in cells})
    }  # fmt: skip
    found = [{"by": by, **group_said(name, one)} for name, one in groups.items()]
    gaps = [
        {"by": by, "gap_of": one.share, "group": one.group, "other": one.other, "gap": _short(one.gap),
         "interval": [_short(one.interval[0]), _short(one.interval[1])], "is_alert": one.is_alert}
        for one in measuring.gaps(groups)
    ]  # fmt: skip
    return [*found, *gaps]


def _drift(asked: Sequence[Asked], k: int) -> dict[str, Any]:
    """Whether scores or their rightness have moved: the first cut-off's tenths in the last, and each cut-off's precision."""
    precision = []
    for one in asked:
        first = picked(one, k)
        hits = sum(did for person, did in zip(one.people, one.followed["any"], strict=True) if person in first)
        precision.append(measuring.share((hits, len(first))))
    told = [one for one in precision if one is not None]
    limits = None
    if len(told) >= POINTS:
        middle = sum(told) / len(told)
        moved = sum(abs(one - other) for one, other in zip(told[1:], told, strict=False)) / (len(told) - 1)
        limits = [_short(middle - _XMR * moved), _short(middle), _short(middle + _XMR * moved)]
    shifted = _shift(asked)
    return {
        "psi": _short(shifted),
        "is": "no cases" if shifted is None else "acted on" if shifted >= measuring.ACT else
              "watched" if shifted >= measuring.WATCH else "steady",
        "precision": [_short(one) for one in precision], "limits": limits,
    }  # fmt: skip


def _shift(asked: Sequence[Asked]) -> float | None:
    if len(asked) < 2:
        return None
    first, last = (np.array(one.scores[ORDERS[0]], dtype=np.float64) for one in (asked[0], asked[-1]))
    parts = measuring.tenths(first, np.zeros(len(first), dtype=np.int64))
    bounds = [one.high for one in parts[:-1]]
    then, now = (np.bincount(np.searchsorted(bounds, one), minlength=len(parts)) for one in (first, last))
    if len(parts) < 2 or not (then.all() and now.all()):
        return None
    return measuring.psi(list(then / then.sum()), list(now / now.sum()))


def _missed(asked: Sequence[Asked], k: int) -> dict[str, Any]:
    """Serious acts of people whom the order did not pick at the last cut-off before them: no such list can see them all."""
    acts: dict[str, str] = {}
    seen: set[str] = set()
    for one in asked:
        first = picked(one, k)
        for person, several in one.serious_acts.items():
            for act in several:
                if person in first:
                    seen.add(act)
                else:
                    acts.setdefault(act, one.on.isoformat())
    missed = sorted(set(acts) - seen)
    return {"number": len(missed), "first": missed[:MISSED]}


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
