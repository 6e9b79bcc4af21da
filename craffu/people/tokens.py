"""The tokens by which protected contacts are found, and how they are made again under a new key (SEC-06)."""

from collections.abc import Iterator
from typing import Any

from craffu.common import keyring
from craffu.common.rewrapping import BlindIndex, Swap
from craffu.people.models import RecordedContact
from craffu.people.rules import searched_by


def contact_token(kind: str, value: str) -> str:
    return keyring.ring().token(kind, searched_by(kind, value))


def contact_tokens_to_look_for(kind: str, value: str) -> list[str]:
    """The tokens a contact may be kept under while keys change."""
    return keyring.ring().tokens_of_all_keys(kind, searched_by(kind, value))


def _renewed(after: Any, limit: int) -> Iterator[Swap]:
    rows = RecordedContact.objects.for_system("tokens under the key that writes").order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    for row, kind, value, stored in rows.values_list("pk", "kind", "value", "token")[:limit]:
        yield Swap(row, stored, contact_token(kind, value))


CONTACTS = BlindIndex(RecordedContact, "token", _renewed)
