"""What may be due of one order, by which rule, and whose limit it is (CLK-14). Keys are stored."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class What(StrEnum):
    """What is to be done. Keys are stored."""

    AUTHORISE = "order_authorise"
    LODGE = "order_lodge"
    HEARING = "order_hearing"
    NO_DATE = "order_no_next_date"
    GAP = "order_unprotected_days"
    DETERMINED = "order_determined"
    NOTICE_HEARING = "order_notice_hearing"
    NOTICE_DETERMINED = "order_notice_determined"
    SERVE = "order_serve"
    UNSERVED = "order_unserved"
    TERMS = "order_terms"
    TERMS_DIFFER = "order_terms_differ"
    WATCH = "order_watch"
    NOTIFICATION = "order_notification"
    TERMS_TO_VICTIM = "order_terms_to_victim"
    UNTOLD = "order_untold"
    UNOWNED = "order_unowned"
    PROTECTS_NOBODY = "order_protects_nobody"
    CARD = "order_card"
    NATIONAL_ENTRY = "order_national_entry"


class Limit(StrEnum):
    """Whose limit it is (CLK-14)."""

    LAW = "law"
    POLICY = "policy"


RULES: Final[Mapping[What, str]] = {
    What.AUTHORISE: "ORD-03",
    What.LODGE: "ORD-10",
    What.HEARING: "ORD-10",
    What.NO_DATE: "ORD-10",
    What.GAP: "ORD-07",
    What.DETERMINED: "ORD-07",
    What.NOTICE_HEARING: "CLK-07",
    What.NOTICE_DETERMINED: "CLK-07",
    What.SERVE: "ORD-11",
    What.UNSERVED: "ORD-11",
    What.TERMS: "ORD-20",
    What.TERMS_DIFFER: "ORD-20",
    What.WATCH: "CLK-12",
    What.NOTIFICATION: "CLK-03",
    What.TERMS_TO_VICTIM: "VIC-06",
    What.UNTOLD: "VIC-05",
    What.UNOWNED: "ORD-18",
    What.PROTECTS_NOBODY: "ORD-06",
    What.CARD: "ORD-18",
    What.NATIONAL_ENTRY: "ORD-18",
}
LIMITS: Final[Mapping[What, Limit]] = {
    what: Limit.LAW if what in {What.NOTICE_HEARING, What.NOTIFICATION} else Limit.POLICY for what in What
}
