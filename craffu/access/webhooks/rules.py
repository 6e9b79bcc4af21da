"""What a webhook tells of, whither it may go, how it is signed, and when it is tried again or stopped (SEC-01; ADR 94). Pure.

It tells that something changed, and of which record: never a word of the record. Whoever is told reads it by its token.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from craffu.access.tokens.rules import Scope

LONGEST_ADDRESS: Final = 300
SECRET_BYTES: Final = 32
# So that a secret that lies about is found by whoever searches for one.
MARK: Final = "craffu_wh_"
# How long after each failed try the next one comes; after the last of them it is given up.
WAITS: Final = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 360, 720, 1440))
MOST_TRIES: Final = len(WAITS) + 1
type Address = IPv4Address | IPv6Address
type Network = IPv4Network | IPv6Network
# Of an address in here the last 32 bits are the IPv4 address that a gateway of the network asks (NAT64; RFC 6052, 2.1).
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")


class Event(StrEnum):
    """What it may tell of. Keys are stored and are part of the contract."""

    ORDER_CHANGED = "order.changed"
    BREACH_CHANGED = "breach.changed"
    CASE_CHANGED = "case.changed"


# What its token must be for, so that the receiver can read what it is told of.
READ_BY: Final[Mapping[Event, Scope]] = {
    Event.ORDER_CHANGED: Scope.READ_ORDERS,
    Event.BREACH_CHANGED: Scope.READ_BREACHES,
    Event.CASE_CHANGED: Scope.READ_CASES,
}


class Standing(StrEnum):
    """Whether a webhook tells anything, and if not why."""

    WAITS = "waits"
    WORKS = "works"
    STOPPED = "stopped"
    NO_TOKEN = "no_token"  # noqa: S105  # that its token does not work
    ENDED = "ended"


class Delivery(StrEnum):
    """How one telling stands. Keys are stored."""

    WAITS = "waits"
    UNDER_WAY = "under_way"
    ARRIVED = "arrived"
    FAILED = "failed"
    DROPPED = "dropped"


OVER: Final = frozenset({Delivery.ARRIVED, Delivery.FAILED, Delivery.DROPPED})


@dataclass(frozen=True, slots=True)
class Facts:
    """What its standing follows from."""

    is_approved: bool
    is_stopped: bool
    is_ended: bool
    token_works: bool


def standing(facts: Facts) -> Standing:
    if facts.is_ended:
        return Standing.ENDED
    if not facts.is_approved:
        return Standing.WAITS
    if facts.is_stopped:
        return Standing.STOPPED
    return Standing.WORKS if facts.token_works else Standing.NO_TOKEN


def fault_in_address(address: str) -> str | None:
    """Why nothing is sent to an address, whoever answers there; None of one that may be looked up."""
    try:
        said = urlsplit(address)
        port = said.port
    except ValueError:
        return "address_unfit"
    if len(address) > LONGEST_ADDRESS or not address.isascii() or not address.isprintable() or " " in address:
        return "address_unfit"
    if said.scheme != "https":
        return "address_not_https"
    if not said.hostname or said.username is not None or said.password is not None or said.fragment or port == 0:
        return "address_unfit"
    return None


def networks_in(text: str) -> tuple[Network, ...]:
    """Networks as the setting lists them, with commas. Raises ValueError of one that is none."""
    return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())


def may_be_reached(where: str, allowed: Iterable[Network]) -> bool:
    """Whether an address of a network may be asked: a public one, or one of those that the force named.

    One of IPv6 that carries another of IPv4 is judged as the one that is asked in the end.
    """
    found = _asked_in_the_end(ip_address(where))
    if any(found in network for network in allowed if network.version == found.version):
        return True
    return found.is_global and not (found.is_multicast or found.is_reserved or _is_of_a_site(found))


def _asked_in_the_end(found: Address) -> Address:
    if isinstance(found, IPv4Address):
        return found
    if found in _TRANSLATED:
        return IPv4Address(found.packed[-4:])
    return found.ipv4_mapped or found.sixtofour or found


def _is_of_a_site(found: Address) -> bool:
    return isinstance(found, IPv6Address) and found.is_site_local


def body_of(delivery: str, event: str, reference: str, told_at: datetime) -> bytes:
    """What is sent: which record, what kind of news, and the number by which a repeat is known."""
    said = {"id": delivery, "event": event, "reference": reference, "at": told_at.isoformat().replace("+00:00", "Z")}
    return json.dumps(said, separators=(",", ":")).encode()


def signature(secret: str, at: datetime, body: bytes) -> str:
    """The header by which the receiver knows who sent it, and when: `t=` seconds, `v1=` HMAC-SHA-256 of time, stop and body."""
    seconds = int(at.timestamp())
    signed = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={signed}"


def next_try(tries: int, at: datetime) -> datetime | None:
    """When it is tried again after so many failed tries; None where it is given up."""
    return at + WAITS[tries - 1] if tries < MOST_TRIES else None


def has_arrived(status: int | None) -> bool:
    """A redirect is no arrival: it leads elsewhere than anybody approved."""
    return status is not None and 200 <= status < 300  # any success of HTTP


def kept(events: Iterable[str]) -> str:
    """Events as they are kept. Raises ValueError of one that there is not."""
    return "\n".join(sorted({Event(one).value for one in events}))


def events_in(lines: str) -> frozenset[Event]:
    return frozenset(Event(one) for one in lines.split())


def lacking(events: Iterable[Event], scopes: Iterable[Scope]) -> Sequence[Event]:
    """Of which of these the token may not read what it would be told of."""
    held = frozenset(scopes)
    return [one for one in sorted(events) if READ_BY[one] not in held]
