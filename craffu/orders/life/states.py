"""The life of an order as data: its statuses, every move between them, who makes it and what has to be given (ORD-09).

rules.md, Annex B. Legal effect and enforceability are worked out (ORD-12, ORD-13) and are no statuses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class OrderStatus(StrEnum):
    CONSIDERING = "considering"
    NOT_PURSUED = "not_pursued"
    DECIDED = "decided"
    AUTHORISING = "authorising"
    DECLINED = "declined"
    AUTHORISED = "authorised"
    APPLIED = "applied"
    ADJOURNED = "adjourned"
    GRANTED = "granted"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DISCHARGED = "discharged"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    QUASHED = "quashed"


# What has no record yet.
NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which kinds a move is for: whole families, without some, and some beside them."""

    families: str = ""
    without: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()

    def hold(self, code: str, family: str) -> bool:
        """Whether a kind of a family is among them."""
        return code in self.beside or (family in self.families and code not in self.without)


@dataclass(frozen=True, slots=True)
class Move:
    """One move: from where (None where there is no record yet), to where (None: the status stays), who, and what is given.

    A need with a bar between names is met by either; it is missed under the first.
    """

    starts: tuple[OrderStatus | None, ...]
    to: OrderStatus | None
    kinds: Kinds
    who: frozenset[str]
    needs: tuple[str, ...] = ()


def _who(names: str) -> frozenset[str]:
    return frozenset(names.split())


_NO_INTERIM: Final = frozenset({"ISPO"})
_NOT_COMMENCED: Final = frozenset({"SPO_CONV", "SPO_ACQ"})
_POLICE: Final = Kinds("AB", _NO_INTERIM)
_CONSIDERED: Final = Kinds("ABCD", _NO_INTERIM)
_DETERMINED: Final = Kinds("AC")
_COURT: Final = _who("orders_team court_liaison system")
_CASEWORK: Final = _who("investigator supervisor orders_team")
_AT_COURT: Final = (OrderStatus.APPLIED, OrderStatus.ADJOURNED)
_MADE: Final = (OrderStatus.GRANTED, OrderStatus.IN_FORCE)
_GRANTED_WITH: Final = ("made_at", "court", "court_case_no", "terms", "period")
# A written reason where ORD-02 asks for one.
REASON_TEXT_IF_NEEDED: Final = "reason_text_if_needed"

TABLE: Final[Mapping[str, Move]] = {
    "open_consideration": Move(
        (None,), OrderStatus.CONSIDERING, _CONSIDERED, _who("investigator supervisor coordinator orders_team system")
    ),
    "decide_apply": Move(
        (OrderStatus.CONSIDERING,),
        OrderStatus.DECIDED,
        Kinds("ABC", _NO_INTERIM),
        _who("investigator supervisor coordinator orders_team"),
        ("reason_code", REASON_TEXT_IF_NEEDED),
    ),
    "decide_support": Move(
        (OrderStatus.CONSIDERING,),
        OrderStatus.DECIDED,
        Kinds("D"),
        _who("investigator supervisor victim_officer orders_team"),
        ("reason_code", REASON_TEXT_IF_NEEDED),
    ),
    "decide_not_pursue": Move(
        (OrderStatus.CONSIDERING,),
        OrderStatus.NOT_PURSUED,
        _CONSIDERED,
        _CASEWORK,
        ("reason_code", REASON_TEXT_IF_NEEDED),
    ),
    "defer": Move(
        (OrderStatus.CONSIDERING,),
        OrderStatus.CONSIDERING,
        _CONSIDERED,
        _CASEWORK,
        ("reason_code", REASON_TEXT_IF_NEEDED, "review_on"),
    ),
    "reopen": Move(
        (OrderStatus.NOT_PURSUED, OrderStatus.DECLINED, OrderStatus.REFUSED, OrderStatus.WITHDRAWN),
        OrderStatus.CONSIDERING,
        _CONSIDERED,
        _who("investigator supervisor coordinator orders_team"),
        ("reason_text",),
    ),
    "request_authorisation": Move(
        (OrderStatus.DECIDED,), OrderStatus.AUTHORISING, _POLICE, _who("investigator orders_team"), ("complete_pack",)
    ),
    "authorise": Move(
        (OrderStatus.AUTHORISING,), OrderStatus.AUTHORISED, _POLICE, _who("authoriser"), ("reason_text",)
    ),
    "decline": Move(
        (OrderStatus.AUTHORISING,), OrderStatus.DECLINED, _POLICE, _who("authoriser"), ("reason_code", "reason_text")
    ),
    "ask_prosecutor": Move(
        (OrderStatus.DECIDED,),
        OrderStatus.APPLIED,
        Kinds("C", _NOT_COMMENCED),
        _who("investigator orders_team"),
        ("asked_on", "proposed_terms"),
    ),
    "lodge": Move(
        (OrderStatus.AUTHORISED,),
        OrderStatus.APPLIED,
        Kinds("A", _NO_INTERIM),
        _who("orders_team"),
        ("lodged_on", "court", "court_case_no"),
    ),
    "lodge_interim": Move(
        (None,), OrderStatus.APPLIED, Kinds(beside=_NO_INTERIM), _who("orders_team"), ("lodged_on", "main_order")
    ),
    "issue": Move(
        (OrderStatus.AUTHORISED,),
        OrderStatus.GRANTED,
        Kinds("B"),
        _who("orders_team investigator"),
        ("made_at", "terms"),
    ),
    "adjourn": Move(_AT_COURT, OrderStatus.ADJOURNED, _DETERMINED, _COURT, ("hearing_on", "next_hearing_on|not_fixed")),
    "grant": Move(_AT_COURT, OrderStatus.GRANTED, _DETERMINED, _COURT, _GRANTED_WITH),
    "refuse": Move(_AT_COURT, OrderStatus.REFUSED, _DETERMINED, _COURT, ("refused_on", "court", "reason_text")),
    "withdraw": Move(
        (OrderStatus.AUTHORISED, *_AT_COURT),
        OrderStatus.WITHDRAWN,
        _DETERMINED,
        _who("orders_team"),
        ("withdrawn_on", "reason_code", "reason_text"),
    ),
    "grant_on_appeal": Move(
        (OrderStatus.REFUSED,), OrderStatus.GRANTED, Kinds(beside=frozenset({"SPO"})), _COURT, _GRANTED_WITH
    ),
    "receive": Move(
        (None, OrderStatus.CONSIDERING, OrderStatus.DECIDED, OrderStatus.APPLIED),
        OrderStatus.GRANTED,
        Kinds("ACD"),
        _COURT,
        ("made_at", "court", "court_case_no", "source_record"),
    ),
    "impose": Move(
        (None,),
        OrderStatus.IN_FORCE,
        Kinds("E"),
        _who("court_liaison probation_liaison investigator system"),
        ("made_at", "terms", "source_record"),
    ),
    "attempt_service": Move(
        (OrderStatus.GRANTED,),
        None,
        Kinds("ABCD"),
        _who("response_officer investigator offender_manager orders_team"),
        ("attempted_at", "result"),
    ),
    "serve": Move(
        (OrderStatus.GRANTED,),
        OrderStatus.IN_FORCE,
        Kinds("ABCD"),
        _who("response_officer investigator offender_manager orders_team court_liaison"),
        ("served_at", "method", "proof"),
    ),
    "record_awareness": Move(
        (OrderStatus.GRANTED,),
        OrderStatus.IN_FORCE,
        Kinds("AC", frozenset({"ASBI"}), frozenset({"NMO"})),
        _COURT,
        ("aware_at", "proof"),
    ),
    "vary": Move(
        _MADE,
        None,
        Kinds("ACDE", _NOT_COMMENCED | {"DVPO"}),
        _COURT | {"probation_liaison"},
        ("varied_on", "applicant", "new_terms", "reason_text"),
    ),
    "renew": Move(
        (OrderStatus.IN_FORCE,),
        OrderStatus.IN_FORCE,
        Kinds("D", frozenset({"NMO"}), frozenset({"ISPO", "SHPO", "SPO", "SRO"})),
        _COURT,
        ("lodged_on", "new_last_day", "reason_text"),
    ),
    "discharge": Move(
        _MADE,
        OrderStatus.DISCHARGED,
        Kinds("ACD", _NOT_COMMENCED | {"DVPO"}),
        _COURT,
        ("discharged_on", "applicant", "reason_text"),
    ),
    "revoke": Move(
        _MADE,
        OrderStatus.REVOKED,
        Kinds("E", beside=frozenset({"CPN"})),
        _COURT | {"probation_liaison"},
        ("revoked_on", "reason_text"),
    ),
    "end_on_determination": Move(
        _MADE,
        OrderStatus.SUPERSEDED,
        Kinds(beside=frozenset({"DAPN", "DVPN", "ISPO"})),
        _COURT,
        ("main_determined_on", "main_outcome"),
    ),
    "expire": Move(
        _MADE, OrderStatus.EXPIRED, Kinds("ACDE", beside=frozenset({"CPN", "CPW"})), _who("system"), ("last_day",)
    ),
    "quash": Move(
        (*_MADE, OrderStatus.EXPIRED, OrderStatus.DISCHARGED),
        OrderStatus.QUASHED,
        Kinds("ACD", beside=frozenset({"CPN"})),
        _COURT,
        ("quashed_on", "court", "appeal_case_no"),
    ),
}
# What is no row of Annex B, for nothing happened: the end was typed otherwise than the order says it. An order that ran out by
# such a day stands again as it stood before (ADR 148).
CORRECT_END: Final = "correct_end"
EVERY_MOVE: Final[Mapping[str, Move]] = {
    **TABLE,
    CORRECT_END: Move(
        (*_MADE, OrderStatus.EXPIRED),
        None,
        TABLE["expire"].kinds,
        _who("orders_team court_liaison"),
        ("period", "source_record", "reason_text"),
    ),
}


def _targets(status: OrderStatus | None) -> frozenset[OrderStatus]:
    reached = {move.to or status for move in TABLE.values() if status in move.starts}
    return frozenset(target for target in reached if target is not None)


# What may follow what, over all kinds.
MOVES: Final[Mapping[OrderStatus | None, frozenset[OrderStatus]]] = {
    status: _targets(status) for status in (None, *OrderStatus)
}

# Whose move it usually is next; for what is over, who keeps it.
OWNERS: Final[Mapping[OrderStatus, str]] = {
    OrderStatus.CONSIDERING: "investigator",
    OrderStatus.NOT_PURSUED: "supervisor",
    OrderStatus.DECIDED: "investigator",
    OrderStatus.AUTHORISING: "authoriser",
    OrderStatus.DECLINED: "investigator",
    OrderStatus.AUTHORISED: "orders_team",
    OrderStatus.APPLIED: "orders_team",
    OrderStatus.ADJOURNED: "orders_team",
    OrderStatus.GRANTED: "orders_team",
    OrderStatus.IN_FORCE: "offender_manager",
    OrderStatus.REFUSED: "supervisor",
    OrderStatus.WITHDRAWN: "supervisor",
    OrderStatus.EXPIRED: "orders_team",
    OrderStatus.DISCHARGED: "orders_team",
    OrderStatus.REVOKED: "orders_team",
    OrderStatus.SUPERSEDED: "orders_team",
    OrderStatus.QUASHED: "orders_team",
}

# The ends. An order that expired or was discharged can still be quashed on appeal, and by Annex B nothing else.
ENDS: Final = frozenset(
    {OrderStatus.EXPIRED, OrderStatus.DISCHARGED, OrderStatus.REVOKED, OrderStatus.SUPERSEDED, OrderStatus.QUASHED}
)
# What a court has made and nothing has ended.
LIVE: Final = frozenset({OrderStatus.GRANTED, OrderStatus.IN_FORCE})
# What nothing moves again.
OVER: Final = frozenset(status for status in OrderStatus if not MOVES[status])
