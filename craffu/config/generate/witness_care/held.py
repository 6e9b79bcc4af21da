"""What witness care holds of one victim: each thing as it is true, before anything goes wrong in writing it down.

Days and minutes are whole numbers of London's calendar and clock.
"""

from dataclasses import dataclass, field

from craffu.config.generate.witness_care.happened import Event


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the agreement; without `agreed` it was declined. `occasion` is empty where they changed it themselves."""

    day: int
    agreed: bool
    occasion: str
    unchanged: bool
    channels: tuple[str, ...] = ()
    not_wanted: tuple[str, ...] = ()
    offer_again: str = ""


@dataclass(frozen=True, slots=True)
class Entitled:
    day: int
    entitlement: str
    reason: str


@dataclass(frozen=True, slots=True)
class Promised:
    """A contact promised; `number` tells it apart in all draws and `ref` in the extract."""

    number: int
    ref: str
    promised: int
    due: int
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contacted:
    """A contact or an attempt; `promise` is the reference of the promise it was made for, or empty."""

    ref: str
    at: int
    channel: str
    reached: bool
    hers: bool = False
    promise: str = ""
    is_unsafe: bool = False


@dataclass(frozen=True, slots=True)
class Excused:
    promise: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class Telling:
    """They were told of something that happened; `contact` is empty where none was written down."""

    event: int
    at: int
    contact: str


@dataclass(frozen=True, slots=True)
class MeasureTelling:
    day: int
    channel: str
    felt: str


@dataclass(frozen=True, slots=True)
class MeasureDone:
    ref: str
    kind: str
    day: int
    told: tuple[MeasureTelling, ...]


@dataclass(frozen=True, slots=True)
class Withdrew:
    """They no longer supported the case of a crime; `why` is empty where nobody asked."""

    ref: str
    crime: int
    day: int
    why: str


@dataclass
class Held:
    """All of one victim, by the police system's record. `refs` are the references of what happened."""

    record: int
    events: list[Event]
    versions: list[Version] = field(default_factory=list)
    entitled: list[Entitled] = field(default_factory=list)
    promises: list[Promised] = field(default_factory=list)
    contacts: list[Contacted] = field(default_factory=list)
    excuses: list[Excused] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)
    measures: list[MeasureDone] = field(default_factory=list)
    withdrew: list[Withdrew] = field(default_factory=list)
    refs: dict[int, str] = field(default_factory=dict)

    def stood(self, day: int) -> Version | None:
        """The version that stood at the end of a day; None before the first."""
        return max((one for one in self.versions if one.day <= day), key=lambda one: one.day, default=None)

    def entitlement(self, day: int) -> str:
        said = max((one for one in self.entitled if one.day <= day), key=lambda one: one.day, default=None)
        return said.entitlement if said else "enhanced"

    def owed(self) -> list[Event]:
        """What happened since the day of the first agreement or refusal: what was told before nobody wrote down."""
        if not self.versions:
            return []
        first = min(one.day for one in self.versions)
        return [event for event in self.events if event.day >= first]
