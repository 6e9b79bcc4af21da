"""Who carries messages, and what they answer. One is chosen by a setting; none of them is trusted not to be asked twice."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from craffu.messages.facts import Parcel


class Carried(StrEnum):
    """What became of a parcel, as its carrier says."""

    TAKEN = "taken"
    DELIVERED = "delivered"
    # It will never arrive: no such address, or refused.
    FAILED = "failed"
    # The carrier could not be asked, or asks to be asked later: it may be tried again.
    LATER = "later"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a carrier says of a parcel, in its own reference; `reason` is a code and holds nothing personal."""

    carried: Carried
    carrier_ref: str = ""
    reason: str = ""


class Carrier(Protocol):
    """Takes parcels. `found` says what became of one by our reference, so that nothing is handed over a second time; `forget`
    leaves nothing of one that has gone.
    """

    def take(self, parcel: Parcel) -> Receipt: ...

    def found(self, reference: str) -> Receipt: ...

    def forget(self, reference: str) -> None: ...
