"""What a court's list says in our terms: which kind its words mean, under which number an order is known, and what stands.

ORD-19. An order stands for a court until it says otherwise; orders of family courts come without a case number and are known by
the court's own reference.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from craffu.orders.catalogue.reading import kinds
from craffu.orders.proposing.rules import CODES
from craffu.orders.reconciling.rules import Listed

STANDS: Final = "in_force"
# What courts and forces call kinds, in words of one case, where that is not our own key.
_CALLED: Final[Mapping[str, tuple[str, bool]]] = {
    "ro": ("RO_CONV", False),
    "restraining order": ("RO_CONV", False),
    "ro on acquittal": ("RO_ACQ", False),
    "restraining order on acquittal": ("RO_ACQ", False),
    "interim spo": ("ISPO", True),
    "interim cbo": ("CBO", True),
    "interim shpo": ("SHPO", True),
    "interim sro": ("SRO", True),
    "occupation order": ("OCC", False),
}


class ListedRow(NamedTuple):
    """One line of a court's list, as it was sent, with what it says of the respondent."""

    order_ref: str
    order_kind: str
    court: str
    ptiurn: str
    result_code: str
    made_on: str
    ends_on: str
    until_further_order: str
    status: str
    varied_on: str
    said_at: str
    record: int | None


# The columns of a court's list in the order of a row's fields.
LISTED_AS: Final = (
    "order_ref", "order_kind", "court_code", "ptiurn", "result_code", "made_on", "ends_on", "until_further_order", "status",
    "varied_on", "updated_at",
)  # fmt: skip


def kind_meant(order_kind: str, result_code: str) -> tuple[str, bool]:
    """Our key for a court's kind and whether it is interim; the key is empty where it is none of ours. A code says it best."""
    meaning = CODES.get(result_code.strip())
    if meaning is not None and meaning.kind in kinds():
        return meaning.kind, meaning.is_interim
    said = " ".join(order_kind.split())
    if said.casefold() in _CALLED:
        return _CALLED[said.casefold()]
    return (said.upper(), False) if said.upper() in kinds() else ("", False)


def type_of(kind: str, *, is_interim: bool) -> str:
    """A kind, interim or full, as the comparison tells them apart."""
    return f"{kind} interim" if is_interim and kind != "ISPO" else kind


def key_of(finding: str, number: str, ours: Listed | None, theirs: Listed | None) -> str:
    """What a difference is known by: what both sides said. Once either says otherwise it is another one."""
    return "|".join([finding, number, *(_said(side) for side in (ours, theirs))])


def _said(side: Listed | None) -> str:
    return "" if side is None else " ".join([side.ref, side.type, _day(side.made_on), _day(side.last_day)])


def _day(day: date | None) -> str:
    return day.isoformat() if day else "-"
