"""What somebody is shown of a restricted record that is not open to them: that it exists, and whom to ask (SEC-02).

Of a covert record they are shown nothing: its address answers like one that never was.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.permissions import check_can_break_glass
from craffu.access.restricted.queries import restrictions
from craffu.common.refusals import NotPermitted, allows

RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class Stub:
    """A restricted record by its reference, the name of whom to ask, and where it is opened in an emergency."""

    reference: str
    ask: str
    emergency: str


class Restricted(NotPermitted):
    """A record that is restricted and not open to the reader. `emergency` is empty for whoever may not break the glass."""

    def __init__(self, stub: Stub, *, can_break_glass: bool) -> None:
        said = _("%(reference)s exists and is restricted. If you need it for your work, ask %(name)s.")
        super().__init__(RESTRICTED, said % {"reference": stub.reference, "name": stub.ask})
        self.reference = stub.reference
        self.emergency = stub.emergency if can_break_glass else ""


def check_is_open(by: Acting, kind: str, reference: str) -> None:
    """Refuses with the stub's words where a record is restricted and not open to the reader. Of a covert one it says nothing."""
    for stub in stubs(by, kind, [reference]):
        raise Restricted(stub, can_break_glass=allows(check_can_break_glass, by))


def stubs(by: Acting, kind: str, references: Iterable[str]) -> list[Stub]:
    """Of these records those that are not open to the reader. One query, and none where nothing is closed to them."""
    told_of = by.closed.get(kind, frozenset()) - by.hidden.get(kind, frozenset())
    closed = sorted(set(references) & told_of)
    restricted = restrictions(by.force) if closed else {}
    return [
        Stub(one, restricted[kind, one].ask.name, reverse("emergency_open", kwargs={"case": one})) for one in closed
    ]
