"""Who is acting: a named person with their rights as they stand at this moment, the system, or the machine's operator."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from craffu.access.models import Force, User
from craffu.access.reach.rules import Within
from craffu.audit.actors import Actor

SYSTEM = "system"
OPERATOR = "operator"
SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Opened:
    """A restricted record that somebody has open in an emergency, and until when. `number` is the access, as E-10001."""

    kind: str
    reference: str
    number: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Acting:
    """The `by` of every action and the reader of every query.

    `rights` are role and capability keys; `request` ties the audit rows of one web request together. `closed` are the
    restricted records that are not open to them, by kind: for them those records' contents do not exist (SEC-02). `hidden`
    are those among them of which they may not even know. `emergency` are the records they have opened in an emergency (SEC-03).
    `within` is where their reach ends, None where that is the whole force (SEC-01), and `let_in` the records beyond it that
    are open to them all the same.
    `factor_at` is when they last proved a second factor in this session (T17): see `policies.check_fresh_factor`.
    """

    actor: Actor
    force: Force
    rights: frozenset[str]
    user: User | None = None
    request: str = ""
    closed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    emergency: tuple[Opened, ...] = ()
    within: Within | None = None
    let_in: Mapping[str, frozenset[str]] = field(default_factory=dict)
    factor_at: datetime | None = None

    def holds_any(self, *rights: str) -> bool:
        return not self.rights.isdisjoint(rights)

    def is_closed(self, kind: str, reference: str) -> bool:
        return reference in self.closed.get(kind, ())

    def is_hidden(self, kind: str, reference: str) -> bool:
        return reference in self.hidden.get(kind, ())

    def opened(self, kind: str, reference: str) -> Opened | None:
        """The emergency in which they have a record open at this moment, if they have."""
        return next((one for one in self.emergency if (one.kind, one.reference) == (kind, reference)), None)

    @property
    def sees_all(self) -> bool:
        """Whether no record of their force is shut to them."""
        return not self.closed and self.within is None

    def joining(self) -> "Acting":
        """The same person while rows are joined to the register: what is shut to them is found, and none of it is shown."""
        return self if self.sees_all else replace(self, closed={}, within=None)

    def telling(self) -> "Acting":
        """The same person while it is worked out what they are shown: what is shut to them counts, and nothing of which they may
        not even know (SEC-02).
        """
        return self if self.sees_all else replace(self, closed=self.hidden, within=None)

    def during(self, request: str) -> "Acting":
        return replace(self, request=request)


def acting_system(force: Force, name: str) -> Acting:
    """The daily clock, intake, or another job; `name` says which."""
    return Acting(Actor(name=name, role=SYSTEM, force=force.code, kind="system"), force, frozenset({SYSTEM}))


def acting_operator(force: Force, account: str) -> Acting:
    """Somebody at the machine itself, known by their operating-system account."""
    return Acting(Actor(name=account, role=OPERATOR, force=force.code, kind="operator"), force, frozenset({OPERATOR}))


def acting_service(force: Force, name: str, rights: frozenset[str]) -> Acting:
    """An account for unattended work, with the rights that one piece of work needs (ADR 27)."""
    return Acting(Actor(name=name, role=SERVICE, force=force.code, kind="service"), force, rights)
