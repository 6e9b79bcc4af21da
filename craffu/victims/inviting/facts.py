"""An invitation to the safe page before it is stored, and as it stands."""

from dataclasses import dataclass, field
from datetime import datetime

from craffu.victims.inviting.kinds import Purpose, Route, Step


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """What she is asked and by which way. `channel` is how a link reaches her, empty for a code; `order` is the reference of the
    order whose review asks for her view; `occasion` the stage that a survey is about. `to` is the number or address
    that she said is safe, asked of her each time: what a crime report holds may be a telephone that he reads.
    """

    purpose: Purpose
    route: Route
    channel: str = ""
    occasion: str = ""
    case: str = ""
    order: str = ""
    to: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was made, and the one time its secret is known: a code to read out, or what a link ends in."""

    number: int
    expires_at: datetime
    language: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class InvitationStands:
    """One invitation of hers and what became of it, each step with its instant."""

    number: int
    purpose: Purpose
    route: Route
    channel: str
    occasion: str
    order: str
    at: datetime
    expires_at: datetime
    steps: dict[Step, datetime]
    is_open: bool
    has_answers: bool
