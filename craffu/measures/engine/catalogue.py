"""How each measure is worked out over a snapshot: from which tables and by which expression (MSR-01)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import ibis.expr.types as ir

from craffu.measures.definitions import Slice, Statistic
from craffu.measures.engine import expressions as over
from craffu.measures.engine import over_orders, over_people
from craffu.measures.engine.asking import AGE, AREA, ETHNICITY, RELATIONSHIP, SEX, TEAM, Asked
from craffu.measures.engine.counting import Split
from craffu.measures.rules import PER
from craffu.orders.papers.rules import MAY_LACK

type Asks = Callable[[Asked, Split], ir.Table]


@dataclass(frozen=True, slots=True)
class Worked:
    """How one measure is worked out.

    `parts` name the columns of its numerators as its definition does, `of` the column of what they are divided by, `beside` what
    is counted apart. `splits` are the columns of what it may be split by. `always` is a split without which it is never told.
    `curve` answers how many ended after how many days, where that stands beside a share. `per` is of how many a rate is; nought
    is of the years of orders. `is_of_now` is what is known only as the register stood when the snapshot was built. `is_whole` is
    false of what is never told together, `least` of how many at least a share is told to anybody at all.
    """

    statistic: Statistic
    asks: Asks
    tables: tuple[str, ...]
    parts: tuple[str, ...]
    of: str = ""
    beside: tuple[str, ...] = ()
    splits: Mapping[Slice, str] = field(default_factory=dict)
    always: Slice | None = None
    curve: Asks | None = None
    per: int = 0
    is_of_now: bool = False
    is_whole: bool = True
    least: int = 0


_KIND: Final = MappingProxyType({Slice.ORDER_TYPE: "kind"})
_SOMEWHERE: Final = MappingProxyType({Slice.AREA: AREA, Slice.TEAM: TEAM})
_PLACED: Final = MappingProxyType({Slice.ORDER_TYPE: "kind", **_SOMEWHERE})
# Of an order against somebody: by whom they are as well.
_OF_WHOM: Final = MappingProxyType(
    {
        **_PLACED, Slice.RELATIONSHIP: RELATIONSHIP, Slice.AGE_BAND: AGE, Slice.SEX: SEX, Slice.ETHNICITY_SELF: ETHNICITY,
    }
)  # fmt: skip
_RISK: Final = MappingProxyType({Slice.RISK: "risk"})
_ORDERS: Final = ("orders", "places", "ages")
_CARDS, _RAN_OUT = ("cards", "places", "ages"), ("ran_out", "places", "ages")
_BREACHES: Final = ("breaches", "broken", "orders", "people")
_STAGES: Final = (
    "opened_to_decided", "decided_to_lodged", "lodged_to_first_hearing", "lodged_to_determined", "made_to_served",
)  # fmt: skip
_CODES: Final = tuple(f"m{number}" for number in range(1, 15))
_SHARE: Final = Statistic.PROPORTION
_LACKS: Final = tuple(f"lacks_{name}" for name in MAY_LACK)
_ASKED_BY: Final = tuple(f"asked_by_{who}" for who in over_orders.APPLICANTS)
_CHANGED: Final = ("by_variation", *(f"granted_{what}" for what in over_orders.WHATS), *_ASKED_BY)

WORKED: Final[Mapping[str, Worked]] = MappingProxyType(
    {
        "MET01": Worked(
            Statistic.RATE, over_orders.full_orders, ("orders", "crimes"), ("full",), "crimes", ("not_ours",),
            per=PER["MET01"],
        ),
        "MET01i": Worked(
            Statistic.RATE, over_orders.interim_orders, ("orders", "crimes"), ("interim",), "crimes", ("not_ours",),
            per=PER["MET01i"],
        ),
        "MET02": Worked(
            _SHARE, over_orders.considered, ("considered", "places"), ("in_time",), "of",
            ("late", "undecided", "not_yet_due"), _SOMEWHERE,
        ),
        "MET03": Worked(
            _SHARE, over_orders.applied, ("stages", "places"), ("in_time",), "of", ("reversed", "not_yet_due"), _PLACED
        ),
        "MET04": Worked(_SHARE, over_orders.declined, ("requests",), ("declined",), "of", splits=_KIND),
        "MET05": Worked(_SHARE, over_orders.granted, ("applications",), ("granted",), "of", splits=_KIND),
        "MET06": Worked(
            _SHARE, over_orders.ended, ("applications",), ("refused", "withdrawn"), "of", ("withdrawn_at_hearing",),
            _KIND,
        ),
        "MET07": Worked(
            _SHARE, over_orders.with_interim, ("applications",), ("requested", "granted", "requested_at_lodging"),
            "of", ("still_open",), _KIND,
        ),
        "MET08": Worked(Statistic.DURATION, over.stages, ("stages", "places"), _STAGES, splits=_PLACED),
        "MET09": Worked(
            _SHARE, over_orders.served_in_time, _ORDERS, ("in_time",), "of",
            ("in_court", "not_yet_due"), _OF_WHOM,
        ),
        "MET10": Worked(_SHARE, over_orders.unserved, _ORDERS, ("over_3_days",), "of", splits=_OF_WHOM),
        "MET11": Worked(
            Statistic.COUNT, over.active, ("orders", "people", "places", "ages"),
            ("episodes", "persons", "orders", "interim", "unserved"), splits=_OF_WHOM,
        ),
        "MET12": Worked(
            _SHARE, over_orders.complete, _CARDS, ("complete",), "of", _LACKS, _OF_WHOM, is_of_now=True
        ),
        "MET13": Worked(
            _SHARE, over.notified, ("notifications", "places", "ages"), ("on_time",), "of", ("late", "never"), _OF_WHOM
        ),
        "MET14": Worked(
            _SHARE, over_orders.checked, ("checks",), ("in_time",), "of", ("cancelled", "not_yet_due"), _KIND,
            is_of_now=True,
        ),
        "MET15": Worked(
            _SHARE, over_orders.reviewed, ("reviews_due",), ("in_time",), "of", ("not_yet_due",), _KIND, is_of_now=True
        ),
        "MET16": Worked(
            _SHARE, over.heard, ("reviews", "places", "ages"), ("view", "reason_only", "standing_wish"), "of",
            ("neither",), _OF_WHOM,
        ),
        "MET17": Worked(
            Statistic.RATE, over.incidence, _BREACHES, ("alleged", "proven"), "days", splits=_KIND,
            always=Slice.ORDER_TYPE,
        ),
        "MET18": Worked(
            _SHARE, over.ever_breached, ("breaches", "broken", "orders"), ("breached",), "of", splits=_KIND,
            curve=over.spells,
        ),
        "MET19": Worked(_SHARE, over.repeat, ("breaches", "people"), ("repeat",), "of"),
        "MET20": Worked(
            _SHARE, over.arrested, ("breaches", "arrests"), ("arrested",), "of",
            ("not_yet_due", "arrested_before_report", "no_arrest_with_reason"), _RISK,
        ),
        "MET21": Worked(
            _SHARE, over_people.patterns, ("breaches",), ("answered", "answered_in_48_hours"), "of", splits=_RISK
        ),
        "MET22": Worked(
            _SHARE, over_people.charged, ("breach_crimes",), ("charged",), "of", ("charged_otherwise",), _KIND
        ),
        "MET23": Worked(_SHARE, over_people.convicted, ("defendants",), ("convicted",), "of", splits=_KIND),
        "MET24": Worked(
            _SHARE, over.disagreeing, ("breaches", "mismatches"), ("unresolved",), "of", ("reported", *_CODES), _RISK
        ),
        "MET25": Worked(_SHARE, over_orders.lapsed, _RAN_OUT, ("unreviewed",), "of", splits=_OF_WHOM),
        "MET26": Worked(_SHARE, over_orders.changed, ("changes",), ("granted",), "of", _CHANGED, _KIND),
        "MET27": Worked(_SHARE, over.promises, ("promises",), ("kept",), "of", ("excused", "not_yet_due")),
        "MET28": Worked(
            _SHARE, over_people.notices, ("news",), ("on_time",), "of",
            ("late", "missed", "not_yet_due", "not_wanted", "safety_in_time", "safety_of"), is_of_now=True,
        ),
        "MET29": Worked(
            _SHARE, over_people.withdrew, ("crimes",), ("outcome_14", "outcome_16"), "of",
            splits={Slice.OFFENCE_CLASS: "offence_class"}, always=Slice.OFFENCE_CLASS,
        ),
        "MET30": Worked(
            _SHARE, over_people.satisfied, ("surveys",), ("satisfied",), "of", ("arrived", "unsafe_to_ask"),
            {Slice.QUESTION: "question"}, Slice.QUESTION, is_of_now=True, is_whole=False, least=10,
        ),
        "MET31": Worked(
            _SHARE, over_people.covered, ("priority_list",), ("covered",), "of", ("planned", "urgent"),
            is_of_now=True,
        ),
        "MET32": Worked(
            _SHARE, over_people.championed, ("shifts",), ("covered",), "of", ("on_call_alone",), is_of_now=True
        ),
    }
)  # fmt: skip
