"""A passkey in software: what a device would answer, and what a thief of its answers or of its key could."""

import json
import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAG = AuthenticatorData.FLAG


@dataclass
class Authenticator:
    """One device. `counter` is what it shows next; `verifies` whether it asks for a finger or PIN."""

    origin: str = "http://testserver"
    host: str = "testserver"
    counter: int = 1
    verifies: bool = True
    touched: bool = True
    identifier: bytes = field(default_factory=lambda: os.urandom(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, challenge: bytes, kind: CollectedClientData.TYPE = CollectedClientData.TYPE.CREATE) -> str:
        """The answer to a request for a new passkey, as the page's script sends it."""
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(Aaguid(bytes(16)), self.identifier, public)
        data = AuthenticatorData.create(sha256(self.host.encode()), self._flags() | FLAG.AT, self._count(), made)
        return self._answer(
            clientDataJSON=websafe_encode(self._client_data(kind, challenge)),
            attestationObject=websafe_encode(AttestationObject.create("none", data, {})),
        )

    def sign(self, challenge: bytes, kind: CollectedClientData.TYPE = CollectedClientData.TYPE.GET) -> str:
        """The answer to a request to use this passkey."""
        client_data = self._client_data(kind, challenge)
        data = AuthenticatorData.create(sha256(self.host.encode()), self._flags(), self._count())
        signature = self.key.sign(data + sha256(client_data), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=websafe_encode(client_data),
            authenticatorData=websafe_encode(data),
            signature=websafe_encode(signature),
        )

    def asked(self, options: str) -> bytes:
        """The challenge in what the page gives to its script."""
        return websafe_decode(json.loads(options)["challenge"])

    def _client_data(self, kind: CollectedClientData.TYPE, challenge: bytes) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, self.origin)

    def _flags(self) -> FLAG:
        return (FLAG.UP if self.touched else FLAG(0)) | (FLAG.UV if self.verifies else FLAG(0))

    def _count(self) -> int:
        shown, self.counter = self.counter, self.counter + 1 if self.counter else 0
        return shown

    def _answer(self, **response: str) -> str:
        identifier = websafe_encode(self.identifier)
        return json.dumps(
            {
                "id": identifier,
                "rawId": identifier,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {},
            }
        )
