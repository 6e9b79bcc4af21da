"""What somebody is shown of a record that is not open to them: that it exists, and whom to ask.

It is not open because it is restricted (SEC-02), or because it belongs beyond the reach of their roles (SEC-01). Of a covert
record they are shown nothing: its address answers like one that never was.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_can_break_glass
from craffu.access.reach.queries import beyond, whom_to_ask
from craffu.access.restricted.queries import restrictions, whom_outsiders_ask
from craffu.cases.queries import cases_known
from craffu.common.refusals import NotPermitted, allows
from craffu.web.places import place_words

RESTRICTED, ELSEWHERE = "restricted", "elsewhere"


@dataclass(frozen=True, slots=True)
class Stub:
    """A record by its reference, the name of whom to ask, where it is opened in an emergency, and what all that is in words.

    `why` is that it is restricted, or that it belongs elsewhere.
    """

    reference: str
    why: str
    ask: str
    emergency: str
    words: str


class NotOpen(NotPermitted):
    """A record that is not open to the reader. `emergency` is empty for whoever may not break the glass."""

    def __init__(self, stub: Stub, *, can_break_glass: bool) -> None:
        super().__init__(stub.why, stub.words)
        self.reference = stub.reference
        self.emergency = stub.emergency if can_break_glass else ""


def check_is_open(by: Acting, kind: str, reference: str, asked: str = "") -> None:
    """Refuses with the stub's words where a record is there and not open to the reader. Of a covert one it says nothing.

    `asked` is what was asked for, where that is shut with the record: the words speak of it and not of the record.
    """
    for stub in stubs(by, kind, [reference]):
        told = replace(stub, words=stub.words.replace(reference, asked, 1)) if asked else stub
        raise NotOpen(told, can_break_glass=allows(check_can_break_glass, by))


def stubs(by: Acting, kind: str, references: Iterable[str]) -> list[Stub]:
    """Of these records those that are not open to the reader, in order.

    Two queries at most where any of them is restricted, seven where any is beyond their reach, none where nothing is shut to
    them.
    """
    asked = set(references) - by.hidden.get(kind, frozenset())
    closed = asked & by.closed.get(kind, frozenset())
    elsewhere = beyond(by, kind, asked - closed)
    restricted = restrictions(by.force) if closed else {}
    asked_for = whom_outsiders_ask(by.force, {(kind, one): restricted[kind, one] for one in closed})
    found = {one: _restricted(one, asked_for[kind, one]) for one in closed} | _elsewhere(by, kind, elsewhere)
    return [found[one] for one in sorted(found)]


def _restricted(reference: str, ask: User | None) -> Stub:
    name = ask.name if ask else _("your supervisor")
    said = _("%(reference)s exists and is restricted. If you need it for your work, ask %(name)s.")
    return _stub(reference, RESTRICTED, name, said % {"reference": reference, "name": name})


def _elsewhere(by: Acting, kind: str, references: Iterable[str]) -> dict[str, Stub]:
    """The records beyond the reader's reach, for those that there are."""
    there = cases_known(by, references) if references else set()
    found = {}
    for reference, (placement, who) in whom_to_ask(by, kind, there).items():
        name = who.name if who else _("your supervisor")
        where = place_words(placement)
        words = (
            _("%(reference)s exists and belongs to %(place)s. If you need it for your work, ask %(name)s.")
            if where
            else _("%(reference)s exists and belongs to no area yet. If you need it for your work, ask %(name)s.")
        )
        found[reference] = _stub(
            reference, ELSEWHERE, name, words % {"reference": reference, "place": where, "name": name}
        )
    return found


def _stub(reference: str, why: str, ask: str, words: str) -> Stub:
    return Stub(reference, why, ask, reverse("emergency_open", kwargs={"case": reference}), words)
