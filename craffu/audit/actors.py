"""Who did what the log says: text only, so that removing an account never loses or blocks a row (SEC-04)."""

from dataclasses import dataclass
from typing import Literal

from craffu.audit.rules import is_force

type ActorKind = Literal["user", "system", "operator", "service"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A named user, the system itself, somebody at the machine, or a service account, acting in one role for one force."""

    name: str
    role: str
    force: str
    kind: ActorKind = "user"

    def __post_init__(self) -> None:
        if not is_force(self.force):
            raise ValueError(f"{self.force!r} is not the code of a force")
