"""Which measures are worked out over a snapshot, from which tables and how; and why each of the others is not (MSR-01, MSR-02).

A measure whose records are not in the snapshot has no value and says why: never a figure that was made up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import ibis.expr.types as ir

from craffu.measures.definitions import Slice, Statistic
from craffu.measures.engine import expressions as over
from craffu.measures.engine.asking import Asked

type Asks = Callable[[Asked, over.Split], ir.Table]

# Who may open every row behind a figure about orders, breaches, and contacts with victims (page map, P05, P10, P17).
ORDERS_BY: Final = ("supervisor", "coordinator", "orders_team")
BREACHES_BY: Final = ("supervisor", "coordinator")
VICTIMS_BY: Final = ("supervisor", "victim_officer")


@dataclass(frozen=True, slots=True)
class Worked:
    """How one measure is worked out.

    `parts` name the columns of its numerators as its definition does, `of` the column of what they are divided by, `beside` what
    is counted apart. `splits` are the columns of what it may be split by. `always` is a split without which it is never told.
    `curve` answers how many ended after how many days, where that stands beside a share.
    """

    statistic: Statistic
    asks: Asks
    tables: tuple[str, ...]
    parts: tuple[str, ...]
    opened_by: tuple[str, ...]
    of: str = ""
    beside: tuple[str, ...] = ()
    splits: Mapping[Slice, str] = field(default_factory=dict)
    always: Slice | None = None
    curve: Asks | None = None


_KIND: Final = MappingProxyType({Slice.ORDER_TYPE: "kind"})
_RISK: Final = MappingProxyType({Slice.RISK: "risk"})
_BREACHES: Final = ("breaches", "broken", "orders", "people")
_STAGES: Final = (
    "opened_to_decided", "decided_to_lodged", "lodged_to_first_hearing", "lodged_to_determined", "made_to_served",
)  # fmt: skip
_CODES: Final = tuple(f"m{number}" for number in range(1, 15))
_SHARE: Final = Statistic.PROPORTION

WORKED: Final[Mapping[str, Worked]] = MappingProxyType(
    {
        "MET08": Worked(Statistic.DURATION, over.stages, ("stages",), _STAGES, ORDERS_BY, splits=_KIND),
        "MET11": Worked(
            Statistic.COUNT, over.active, ("orders", "people"), ("episodes", "persons", "orders", "interim", "unserved"),
            ORDERS_BY, splits=_KIND,
        ),
        "MET13": Worked(
            _SHARE, over.notified, ("notifications",), ("on_time",), ORDERS_BY, "of", ("late", "never"), _KIND
        ),
        "MET16": Worked(
            _SHARE, over.heard, ("reviews",), ("view", "reason_only", "standing_wish"), ORDERS_BY, "of", ("neither",), _KIND
        ),
        "MET17": Worked(
            Statistic.RATE, over.incidence, _BREACHES, ("alleged", "proven"), BREACHES_BY, "days", splits=_KIND,
            always=Slice.ORDER_TYPE,
        ),
        "MET18": Worked(
            _SHARE, over.ever_breached, ("breaches", "broken", "orders"), ("breached",), BREACHES_BY, "of", splits=_KIND,
            curve=over.spells,
        ),
        "MET19": Worked(_SHARE, over.repeat, ("breaches", "people"), ("repeat",), BREACHES_BY, "of"),
        "MET20": Worked(
            _SHARE, over.arrested, ("breaches", "arrests"), ("arrested",), BREACHES_BY, "of",
            ("not_yet_due", "arrested_before_report", "no_arrest_with_reason"), _RISK,
        ),
        "MET24": Worked(
            _SHARE, over.disagreeing, ("breaches", "mismatches"), ("unresolved",), BREACHES_BY, "of", ("reported", *_CODES), _RISK
        ),
        "MET27": Worked(_SHARE, over.promises, ("promises",), ("kept",), VICTIMS_BY, "of", ("excused", "not_yet_due")),
    }
)  # fmt: skip

_CRIMES: Final = "crimes and their outcomes are not in the snapshot yet"
_MOVES: Final = "applications are not in the snapshot yet"
_CARD: Final = "what the card of an order says is not in the snapshot yet"
_DUE: Final = "what was due of an order is not in the snapshot yet"
NOT_YET: Final[Mapping[str, str]] = MappingProxyType(
    {
        "MET01": _CRIMES, "MET01i": _CRIMES, "MET02": _MOVES, "MET03": _MOVES, "MET04": _MOVES, "MET05": _MOVES,
        "MET06": _MOVES, "MET07": _MOVES, "MET09": _CARD, "MET10": _CARD, "MET12": _CARD, "MET14": _DUE, "MET15": _DUE,
        "MET21": "the answer on a course of conduct is not in the snapshot yet", "MET22": _CRIMES, "MET23": _CRIMES,
        "MET25": _DUE, "MET26": _MOVES, "MET28": "news under the Victims’ Code is not in the snapshot yet", "MET29": _CRIMES,
        "MET30": "surveys are not in the snapshot yet", "MET31": "plans and the priority list are not in the snapshot yet",
        "MET32": "shifts and champions are not in the snapshot yet",
    }
)  # fmt: skip
