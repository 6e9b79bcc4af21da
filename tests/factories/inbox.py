"""A document that came in, and what somebody types from it."""

import base64
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.orders.inbox.actions import receive_document, type_from_document
from craffu.orders.inbox.facts import NewDocument, Typed
from craffu.orders.models import OrderDocument
from tests.factories.orders import PNG, TERMS

TYPED: Final = Typed(
    kind="NMO", court="Llanelli Family Court", court_case_no="FL26 44", made_on=date(2026, 11, 20),
    last_day=date(2027, 11, 19), is_indefinite=False, given_names="Huw", family_name="Prosser",
    born_on=date(1988, 3, 2), terms=TERMS,
)  # fmt: skip

# A picture that browsers show: one grey point.
PICTURE: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)


def came(by: Acting, at: datetime | None = None, content: bytes = PNG, **given: str) -> OrderDocument:
    """A document in the inbox, from a court unless said otherwise."""
    new = NewDocument(received_at=at or clock.now(), came_from="court", content=content)
    return receive_document(by=by, given=replace(new, **given))


def read(by: Acting, document: OrderDocument, seen: int = 0, **typed: object) -> None:
    type_from_document(by=by, document=document.reference, typed=replace(TYPED, **typed), seen=seen)
