"""GOV.UK Notify as a carrier: its v2 interface, over the HTTP and token libraries that Craffu has anyway (ADR 58).

A template of one placeholder each is made there: `((body))` for a text message, `((subject))` and `((body))` for an e-mail.
"""

from http import HTTPStatus
from typing import Any, Final

import requests
from joserfc import jwt
from joserfc.jwk import OctKey

from craffu.common import clock
from craffu.messages.carrying import Carried, Receipt
from craffu.messages.facts import Parcel

_SECONDS: Final = 10
# What it calls a message, and what that means to us.
_STATUS: Final = {
    "created": Carried.TAKEN, "sending": Carried.TAKEN, "sent": Carried.TAKEN, "pending": Carried.TAKEN,
    "delivered": Carried.DELIVERED, "permanent-failure": Carried.FAILED, "temporary-failure": Carried.FAILED,
    "technical-failure": Carried.FAILED,
}  # fmt: skip
# An identifier is 36 characters: a key is its name, the service's identifier and the secret, by dashes.
_ID: Final = 36
TEXT_MESSAGE: Final = "text_message"


class Notify:
    """Asks it by our reference before handing anything over, so that what it took before a crash is not sent twice."""

    def __init__(self, url: str, key: str, text_template: str, email_template: str) -> None:
        self._url, self._templates = url.rstrip("/"), {TEXT_MESSAGE: text_template, "email": email_template}
        self._secret, self._service = key[-_ID:], key[-2 * _ID - 1 : -_ID - 1]

    def take(self, parcel: Parcel) -> Receipt:
        is_text = parcel.channel == TEXT_MESSAGE
        where = {"phone_number": parcel.to} if is_text else {"email_address": parcel.to}
        filled = {"body": parcel.body} if is_text else {"subject": parcel.subject, "body": parcel.body}
        said = where | {
            "template_id": self._templates[parcel.channel],
            "personalisation": filled,
            "reference": parcel.reference,
        }
        answer = self._ask("POST", f"/v2/notifications/{'sms' if is_text else 'email'}", said)
        if answer is None:
            # It may have taken it and not been able to say so.
            return Receipt(Carried.LATER, reason="no_answer")
        status, told = answer
        if status == HTTPStatus.CREATED:
            return Receipt(Carried.TAKEN, str(told.get("id", "")))
        if status == HTTPStatus.BAD_REQUEST:
            return Receipt(Carried.FAILED, reason="refused")
        return Receipt(Carried.LATER, reason=f"status_{status}")

    def found(self, reference: str) -> Receipt:
        answer = self._ask("GET", "/v2/notifications", params={"reference": reference})
        if answer is None or answer[0] != HTTPStatus.OK:
            return Receipt(Carried.LATER, reason="no_answer")
        several = answer[1].get("notifications", [])
        if not several:
            return Receipt(Carried.UNKNOWN)
        first = several[0]
        carried = _STATUS.get(first.get("status", ""), Carried.TAKEN)
        reason = str(first.get("status", "")).replace("-", "_") if carried is Carried.FAILED else ""
        return Receipt(carried, str(first.get("id", "")), reason)

    def forget(self, reference: str) -> None:
        """It forgets by itself, after the days that the service agreed with it."""

    def _ask(
        self, method: str, path: str, said: dict[str, Any] | None = None, params: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any]] | None:
        """The status and what was told; None where nobody answered in time or what came was no answer."""
        claims = {"iss": self._service, "iat": int(clock.now().timestamp())}
        token = jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, OctKey.import_key(self._secret))
        head = {"Authorization": f"Bearer {token}"}
        try:
            answer = requests.request(
                method,
                f"{self._url}{path}",
                json=said,
                params=params,
                headers=head,
                timeout=_SECONDS,
                allow_redirects=False,
            )
            told = answer.json() if answer.content else {}
        except (requests.RequestException, ValueError):
            return None
        return answer.status_code, told if isinstance(told, dict) else {}
