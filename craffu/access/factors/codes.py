"""Codes that people type: of an authenticator app (RFC 6238), and the ten recovery codes on paper.

A recovery code is its place and twelve characters drawn at random, about 59 bits: more than anybody tries, whatever the hash.
"""

import hmac
import secrets
from collections.abc import Iterable

import pyotp
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from craffu.access.factors.rules import CODES_AT_ONCE

# Without the letters and figures that are taken for each other.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 3, 4
PLACES = "0123456789"[:CODES_AT_ONCE]
# A tenth of a password's: the code is random, and ten are made at once.
ITERATIONS = 120_000
_HASHER = PBKDF2PasswordHasher()


def new_secret() -> str:
    """160 bits, as base32: what every app takes."""
    return pyotp.random_base32()


def app_address(secret: str, username: str, issuer: str) -> str:
    """What the QR code says to an app."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)


def code_of(secret: str, step: int) -> str:
    return pyotp.TOTP(secret).generate_otp(step)


def step_of(secret: str, code: str, steps: Iterable[int]) -> int | None:
    """Which of these steps a code belongs to. Every one is looked at, so that time tells nothing."""
    typed = as_typed(code)
    matching = [step for step in steps if hmac.compare_digest(code_of(secret, step).encode(), typed.encode())]
    return matching[0] if matching else None


def new_recovery_codes() -> list[str]:
    """Ten codes such as `3-abcd-efgh-jkmn`, each with a place of its own."""
    return ["-".join((place, *_groups())) for place in PLACES]


def _groups() -> list[str]:
    return ["".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS)]


def as_typed(code: str) -> str:
    """A code without what people type between its characters."""
    return "".join(character for character in code.lower() if character.isalnum())


def place_of(code: str) -> str:
    return as_typed(code)[:1]


def hash_of(code: str) -> str:
    return _HASHER.encode(as_typed(code), _HASHER.salt(), iterations=ITERATIONS)


def is_code(code: str, stored: str) -> bool:
    return _HASHER.verify(as_typed(code), stored)
