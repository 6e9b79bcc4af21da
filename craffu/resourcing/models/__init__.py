"""What a force's own system says of its staff, and what named people state of it: every model of resourcing, by its own name."""

from craffu.resourcing.models.received import (
    Away,
    ChampionNamed,
    Post,
    PostHeld,
    Station,
    StationShift,
    Trained,
    TurnOfDuty,
)
from craffu.resourcing.models.stated import (
    AimDecided,
    CapacityStated,
    RecruitmentStep,
    TimeStated,
    VersionAccepted,
    VersionWithdrawn,
)

__all__ = [
    "AimDecided",
    "Away",
    "CapacityStated",
    "ChampionNamed",
    "Post",
    "PostHeld",
    "RecruitmentStep",
    "Station",
    "StationShift",
    "TimeStated",
    "Trained",
    "TurnOfDuty",
    "VersionAccepted",
    "VersionWithdrawn",
]
