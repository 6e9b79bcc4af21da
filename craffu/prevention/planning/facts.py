"""What somebody answers of a plan, page by page, before it is put to a supervisor (page map, P24)."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from craffu.prevention.planning.kinds import Consulted
from craffu.prevention.planning.rules import Choice, Option, Plan


@dataclass(frozen=True, slots=True)
class Decided:
    """What is decided of one option of the menu: used, and how, or not used, and why not. `choice` empty is not decided yet.

    `forums` are where agencies manage somebody together, of a referral to several agencies alone.
    """

    option: str
    choice: str = ""
    words: str = field(default="", repr=False)
    forums: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """How somebody whom an order protects was asked of a plan, by their record, and when; or why they were not.

    `how` empty is not said yet; `on` is a day as 2026-11-24, empty where they were not asked.
    """

    record: int
    how: str = ""
    on: str = ""
    words: str = field(default="", repr=False)

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.on) if self.on and self.how != Consulted.NOT_ASKED else None


@dataclass(frozen=True, slots=True)
class Answers:
    """Every answer of a plan; what was not said yet is empty. `owner` is a user's name for signing in."""

    objectives: str = field(default="", repr=False)
    safety: str = field(default="", repr=False)
    decided: tuple[Decided, ...] = ()
    none_reason: str = field(default="", repr=False)
    asked: tuple[Asked, ...] = ()
    owner: str = ""

    def of(self, option: str) -> Decided:
        return next((one for one in self.decided if one.option == option), Decided(option))

    def about(self, record: int) -> Asked:
        return next((one for one in self.asked if one.record == record), Asked(record))

    def having(self, said: Decided | Asked) -> "Answers":
        """The same with another answer about one option, or of one person."""
        if isinstance(said, Decided):
            return replace(self, decided=(*(one for one in self.decided if one.option != said.option), said))
        return replace(self, asked=(*(one for one in self.asked if one.record != said.record), said))

    @property
    def uses_any(self) -> bool:
        return any(one.choice == Choice.USE for one in self.decided)

    def as_plan(self, review_on: date | None) -> Plan:
        """What the rule judges (PLN-01)."""
        said = {Option(one.option): one for one in self.decided if one.choice}
        return Plan(
            {option: Choice(one.choice) for option, one in said.items()},
            {option: one.words for option, one in said.items()},
            self.none_reason, self.owner, review_on,
        )  # fmt: skip

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def answers_of(text: str) -> Answers:
    """The answers as `as_text` wrote them. What a later version of the form no longer asks is left out."""
    known = {name: value for name, value in json.loads(text).items() if name in Answers.__dataclass_fields__}
    known["decided"] = tuple(
        Decided(**_known(one, Decided.__dataclass_fields__) | {"forums": tuple(one.get("forums", ()))})
        for one in known.get("decided", ())
    )
    known["asked"] = tuple(Asked(**_known(one, Asked.__dataclass_fields__)) for one in known.get("asked", ()))
    return Answers(**known)


def _known[V](said: Mapping[str, V], names: Collection[str]) -> dict[str, V]:
    return {name: value for name, value in said.items() if name in names}


@dataclass(frozen=True, slots=True)
class NewAction:
    """Something that is to be done by a day: by whom (a user's name for signing in), tied to a condition or to a behaviour."""

    words: str = field(repr=False)
    owner: str
    due_on: date
    condition: int | None = None
    behaviour: str = field(default="", repr=False)
