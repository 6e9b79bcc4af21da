"""What a reviewer answers, page by page, before it is a review (page map, P15)."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from craffu.orders.reviewing.rules import Voice


@dataclass(frozen=True, slots=True)
class Heard:
    """What answers for one protected person, by their record. `kind` empty is not asked yet; `view` is the number of a view.

    `declined_on` is a day as 2026-11-24; `wants` which decision they ask for, empty for none.
    """

    record: int
    kind: str = ""
    view: int | None = None
    declined_on: str = ""
    wants: str = ""
    reason: str = field(default="", repr=False)

    @property
    def day_declined(self) -> date | None:
        return date.fromisoformat(self.declined_on) if self.kind == Voice.DECLINED and self.declined_on else None


@dataclass(frozen=True, slots=True)
class Answers:
    """Every answer of a review; what was not asked yet is empty. `is_read`: they have read what happened since the last."""

    is_read: bool = False
    heard: tuple[Heard, ...] = ()
    effect: str = field(default="", repr=False)
    decision: str = ""
    reason: str = field(default="", repr=False)
    why_differs: str = field(default="", repr=False)

    def of(self, record: int) -> Heard:
        """What answers for somebody: nothing yet, where nobody said."""
        return next((one for one in self.heard if one.record == record), Heard(record))

    def having(self, heard: Heard) -> "Answers":
        """The same with another answer for one person."""
        return replace(self, heard=(*(one for one in self.heard if one.record != heard.record), heard))

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def answers_of(text: str) -> Answers:
    """The answers as `as_text` wrote them. What a later version of the form no longer asks is left out."""
    known = {name: value for name, value in json.loads(text).items() if name in Answers.__dataclass_fields__}
    heard = known.get("heard", ())
    known["heard"] = tuple(
        Heard(**{name: value for name, value in one.items() if name in Heard.__dataclass_fields__}) for one in heard
    )
    return Answers(**known)
