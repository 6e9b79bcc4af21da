"""Where a try to sign in comes from, as keyed tokens: no address, device or unknown name is ever stored.

A place is the device when it has signed in to this account before, else the network address.
"""

import ipaddress
import secrets
from dataclasses import dataclass

from craffu.common import keyring

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CameFrom:
    """What the request says of itself: its network address, and the device's own random mark, if it has one."""

    address: str
    device: str = ""


def network_of(address: str) -> str:
    """The address that one household or one machine has: an IPv6 one by its /64, because each may use all of it."""
    try:
        parsed = ipaddress.ip_address(address.strip().partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def address_token(came_from: CameFrom) -> str:
    return keyring.ring().token("sign-in address", network_of(came_from.address))


def page_token(came_from: CameFrom) -> str:
    """A place at the safe page: by its address alone, since a browser there has no mark, and never the token it signs in from."""
    return keyring.ring().token("safe page address", network_of(came_from.address))


def device_token(came_from: CameFrom) -> str:
    """Empty for a device that has no mark."""
    return keyring.ring().token("sign-in device", came_from.device) if came_from.device else ""


def address_tokens_to_look_for(came_from: CameFrom) -> list[str]:
    """What an address may be known by while keys change; what is counted begins anew with a new key."""
    return keyring.ring().tokens_of_all_keys("sign-in address", network_of(came_from.address))


def device_tokens_to_look_for(came_from: CameFrom) -> list[str]:
    return keyring.ring().tokens_of_all_keys("sign-in device", came_from.device) if came_from.device else []


def account_token(username: str | None) -> str:
    """One of its own for a name that nobody has: what was typed there may be a password, so nothing is kept of it."""
    return keyring.ring().token("sign-in account", username) if username else secrets.token_hex(16)
