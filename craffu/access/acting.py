"""Who is acting: a named person with their rights as they stand at this moment, the system, or the machine's operator."""

from dataclasses import dataclass, field, replace

from craffu.access.models import Force, User
from craffu.audit.actors import Actor

SYSTEM = "system"
OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Acting:
    """The `by` of every action and the reader of every query.

    `rights` are role and capability keys; `request` ties the audit rows of one web request together.
    """

    actor: Actor
    force: Force
    rights: frozenset[str]
    user: User | None = None
    request: str = ""
    areas: frozenset[str] = field(default_factory=frozenset)

    def holds_any(self, *rights: str) -> bool:
        return not self.rights.isdisjoint(rights)

    def during(self, request: str) -> "Acting":
        return replace(self, request=request)


def acting_system(force: Force, name: str) -> Acting:
    """The daily clock, intake, or another job; `name` says which."""
    return Acting(Actor(name=name, role=SYSTEM, force=force.code, kind="system"), force, frozenset({SYSTEM}))


def acting_operator(force: Force, account: str) -> Acting:
    """Somebody at the machine itself, known by their operating-system account."""
    return Acting(Actor(name=account, role=OPERATOR, force=force.code, kind="operator"), force, frozenset({OPERATOR}))
