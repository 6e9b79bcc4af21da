"""What somebody is shown of a restricted record that is not open to them: that it exists, and whom to ask (SEC-02)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.restricted.queries import restrictions
from craffu.common.refusals import NotPermitted

RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class Stub:
    """A restricted record by its reference, and the name of whom to ask."""

    reference: str
    ask: str


def check_is_open(by: Acting, kind: str, reference: str) -> None:
    """Refuses with the stub's words where a record is restricted and not open to the reader."""
    if by.is_closed(kind, reference):
        (stub,) = stubs(by, kind, [reference])
        said = _("%(reference)s exists and is restricted. If you need it for your work, ask %(name)s.")
        raise NotPermitted(RESTRICTED, said % {"reference": stub.reference, "name": stub.ask})


def stubs(by: Acting, kind: str, references: Iterable[str]) -> list[Stub]:
    """Of these records those that are not open to the reader. One query, and none where nothing is closed to them."""
    closed = sorted(set(references) & by.closed.get(kind, frozenset()))
    restricted = restrictions(by.force) if closed else {}
    return [Stub(one, restricted[kind, one].ask.name) for one in closed]
