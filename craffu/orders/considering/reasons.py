"""The coded reasons of a decision, by its outcome (ORD-02): counted nationally, so none is renamed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from craffu.orders.catalogue.kinds import Family, Kind
from craffu.orders.considering.rules import Outcome


class Reason(StrEnum):
    NECESSARY = "necessary"
    AFRAID = "afraid"
    ORDER_BROKEN = "order_broken"
    OWN_WISH = "own_wish"
    TEST_NOT_MET = "test_not_met"
    EVIDENCE_LACKING = "evidence_lacking"
    ORDER_STANDS = "order_stands"
    NO_RISK_LEFT = "no_risk_left"
    NOT_WANTED = "not_wanted"
    BAIL = "bail"
    OTHER_ORDER = "other_order"
    IN_CUSTODY = "in_custody"
    AWAITS_EVIDENCE = "awaits_evidence"
    AWAITS_CHARGE = "awaits_charge"
    AWAITS_VIEW = "awaits_view"
    AWAITS_ADVICE = "awaits_advice"


_PURSUED: Final = (Reason.NECESSARY, Reason.AFRAID, Reason.ORDER_BROKEN, Reason.OWN_WISH)
REASONS: Final[Mapping[Outcome, tuple[Reason, ...]]] = {
    Outcome.APPLY: _PURSUED,
    Outcome.ASK_PROSECUTOR: _PURSUED,
    Outcome.SUPPORT_OWN_APPLICATION: _PURSUED,
    Outcome.OTHER_MEASURE: (Reason.BAIL, Reason.OTHER_ORDER, Reason.IN_CUSTODY, Reason.ORDER_STANDS),
    Outcome.NOT_PURSUED: (
        Reason.TEST_NOT_MET, Reason.EVIDENCE_LACKING, Reason.ORDER_STANDS, Reason.NO_RISK_LEFT, Reason.NOT_WANTED,
    ),
    Outcome.DEFER: (Reason.AWAITS_EVIDENCE, Reason.AWAITS_CHARGE, Reason.AWAITS_VIEW, Reason.AWAITS_ADVICE),
}  # fmt: skip

# Whose application it is says how it is pursued.
_PURSUE: Final[Mapping[Family, Outcome]] = {
    Family.APPLICATION: Outcome.APPLY,
    Family.NOTICE: Outcome.APPLY,
    Family.CRIMINAL: Outcome.ASK_PROSECUTOR,
    Family.VICTIMS_OWN: Outcome.SUPPORT_OWN_APPLICATION,
}

# The move of an order's life that a decision is. Another measure in its place leaves the kind itself not pursued.
MOVES: Final[Mapping[Outcome, str]] = {
    Outcome.APPLY: "decide_apply",
    Outcome.ASK_PROSECUTOR: "decide_apply",
    Outcome.SUPPORT_OWN_APPLICATION: "decide_support",
    Outcome.OTHER_MEASURE: "decide_not_pursue",
    Outcome.NOT_PURSUED: "decide_not_pursue",
    Outcome.DEFER: "defer",
}


def outcomes_of(kind: Kind) -> tuple[Outcome, ...]:
    """What may be decided about a kind, by whose application it is (ORD-05)."""
    return (_PURSUE[kind.family], Outcome.DEFER, Outcome.OTHER_MEASURE, Outcome.NOT_PURSUED)
