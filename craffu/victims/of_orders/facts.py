"""What an order tells of, before it is kept for those whom it protects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from craffu.victims.happenings.kinds import Happening


@dataclass(frozen=True, slots=True)
class OrderTells:
    """One thing that happened to an order, or will: `key` is its own for ever within the order, and holds no slash."""

    key: str
    kind: Happening
    at: datetime
    learnt_at: datetime

    @property
    def time_known_at(self) -> datetime | None:
        return self.learnt_at if self.learnt_at < self.at else None


@dataclass(frozen=True, slots=True)
class OrderTold:
    """Everything that one order tells, to those whose records it protects. `case` is the row number of its case, if any.

    `since` is when we knew of each record that it is protected, or was once said to be: nobody can be told before that.
    """

    order: int
    case: int | None
    records: Sequence[int]
    since: Mapping[int, datetime]
    tells: Sequence[OrderTells]

    def to(self, record: int) -> list[OrderTells]:
        """What it tells to whoever this record is, learnt when both were known."""
        since = self.since[record]
        return [replace(one, learnt_at=max(one.learnt_at, since)) for one in self.tells]


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """Since when somebody is a victim in a case, owed news by an agreement or refusal of theirs, and since when that is known.

    None for never: then nothing of the kind is told by itself.
    """

    victim_from: datetime | None = None
    owed_since: datetime | None = None
    owed_known: datetime | None = None

    def owes(self, at: datetime, *, is_critical: bool) -> datetime | None:
        """From when on whoever looks after them owes them news of something that happened at an instant; None for never.

        What their safety hangs on is owed whatever was agreed, as soon as they are a victim in a case (VIC-05).
        """
        if self.victim_from is None or is_critical:
            return self.victim_from
        if self.owed_since is None or self.owed_known is None or at < self.owed_since:
            return None
        return max(self.victim_from, self.owed_known)
