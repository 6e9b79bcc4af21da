"""What is said to a passkey and what it answers (WebAuthn level 3), by Yubico's library.

An answer is for this very site, for the challenge it was given, and from somebody whom the device knows by touch, face or PIN.
"""

import json
import struct
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from craffu.access.factors.fido import fido
from craffu.access.factors.models import Passkey

# What the library raises on bytes that are no answer at all.
_MALFORMED = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    struct.error,
)


class WrongAnswer(ValueError):
    """What was sent is no right answer to what was asked."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a passkey is used: the host it belongs to, and the whole origin that the browser swears to."""

    host: str
    origin: str

    def server(self) -> Any:
        return fido.Fido2Server(
            fido.PublicKeyCredentialRpEntity(name="Craffu", id=self.host),
            verify_origin=lambda origin: origin == self.origin,
        )


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose passkey it is: a mark that names nobody, and what the device shows its owner."""

    mark: bytes
    username: str
    name: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a device showed: which credential, and how far its counter is."""

    identifier: str
    credential: str
    counter: int


def _verified() -> Any:
    """A device that does not ask who holds it is not enough."""
    return fido.UserVerificationRequirement.REQUIRED


def encoded(raw: bytes) -> str:
    """Bytes as WebAuthn writes them in JSON: base64 for addresses, without its padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def identifier_of(credential_id: bytes) -> str:
    """A credential's identifier is as long as the device likes: ours is the hash of it."""
    return sha256(credential_id).hexdigest()


def _credential(passkey: Passkey) -> Any:
    return fido.AttestedCredentialData(fido.websafe_decode(passkey.credential))


def options_to_register(site: Site, holder: Holder, known: Iterable[Passkey], challenge: bytes) -> str:
    """What the browser needs to make a passkey, as JSON. A device that holds one already is not asked for another."""
    options, _ = site.server().register_begin(
        fido.PublicKeyCredentialUserEntity(id=holder.mark, name=holder.username, display_name=holder.name),
        [_credential(passkey) for passkey in known],
        resident_key_requirement=fido.ResidentKeyRequirement.PREFERRED,
        user_verification=_verified(),
        challenge=challenge,
    )
    return json.dumps(dict(options.public_key))


def options_to_use(site: Site, passkeys: Iterable[Passkey], challenge: bytes) -> str:
    """What the browser needs to use one of these passkeys, as JSON."""
    options, _ = site.server().authenticate_begin(
        [_credential(passkey) for passkey in passkeys],
        user_verification=_verified(),
        challenge=challenge,
    )
    return json.dumps(dict(options.public_key))


def challenge_in(answer: str) -> bytes:
    """The challenge that an answer says it answers. Raises `WrongAnswer`."""

    def found(given: Mapping[str, Any]) -> bytes:
        makes = "attestationObject" in given["response"]
        kind = fido.RegistrationResponse if makes else fido.AuthenticationResponse
        challenge: bytes = kind.from_dict(given).response.client_data.challenge
        return challenge

    return _read(answer, found)


def registered(site: Site, challenge: bytes, answer: str) -> Shown:
    """The passkey that was made. Raises `WrongAnswer`."""

    def checked(given: Mapping[str, Any]) -> Shown:
        data = site.server().register_complete(_state(challenge), given)
        made = data.credential_data
        assert made is not None, "a registration holds the credential it made"  # noqa: S101  # for the types
        return Shown(identifier_of(made.credential_id), encoded(made), data.counter)

    return _read(answer, checked)


def used(site: Site, passkeys: Iterable[Passkey], challenge: bytes, answer: str) -> Shown:
    """Which of these passkeys signed the challenge. Raises `WrongAnswer`."""

    def checked(given: Mapping[str, Any]) -> Shown:
        known = [_credential(passkey) for passkey in passkeys]
        credential = site.server().authenticate_complete(_state(challenge), known, given)
        counter = fido.AuthenticationResponse.from_dict(given).response.authenticator_data.counter
        return Shown(identifier_of(credential.credential_id), encoded(credential), counter)

    return _read(answer, checked)


def _state(challenge: bytes) -> dict[str, Any]:
    return {"challenge": encoded(challenge), "user_verification": _verified()}


def _read[R](answer: str, read: Callable[[Mapping[str, Any]], R]) -> R:
    try:
        return read(json.loads(answer))
    except _MALFORMED as fault:
        raise WrongAnswer("this is no right answer of a passkey") from fault
