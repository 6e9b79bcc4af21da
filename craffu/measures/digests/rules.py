"""Which week a digest is of, and which figures whoever holds a role is told of in it (issue L, item 8; MSR-01; X13).

Pure. The figures are the dashboard's own, by its definitions and its snapshot: a digest works nothing out again.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final

type Shown = tuple[str, str]

# The eight tiles of the page map (P25), in its order, each by its measure and the part that it shows.
EIGHT: Final[tuple[Shown, ...]] = (
    ("MET11", "orders"), ("MET02", "in_time"), ("MET10", "over_3_days"), ("MET09", "in_time"), ("MET16", "view"),
    ("MET13", "on_time"), ("MET17", "alleged"), ("MET25", "unreviewed"),
)  # fmt: skip
# Project decision: what somebody of each role can do something about in the week. Whoever holds several is told of all of theirs.
FIGURES: Final[Mapping[str, tuple[Shown, ...]]] = {
    "supervisor": (*EIGHT, ("MET15", "in_time"), ("MET20", "arrested"), ("MET24", "unresolved"), ("MET27", "kept")),
    "coordinator": (
        ("MET02", "in_time"), ("MET03", "in_time"), ("MET19", "repeat"), ("MET20", "arrested"), ("MET21", "answered"),
        ("MET24", "unresolved"), ("MET31", "covered"),
    ),
    "orders_team": (
        ("MET03", "in_time"), ("MET05", "granted"), ("MET09", "in_time"), ("MET10", "over_3_days"), ("MET12", "complete"),
        ("MET25", "unreviewed"),
    ),
    "analyst": (
        ("MET01", "full"), ("MET11", "orders"), ("MET12", "complete"), ("MET17", "alleged"), ("MET18", "breached"),
        ("MET24", "unresolved"),
    ),
    "scrutiny_officer": (*EIGHT, ("MET18", "breached"), ("MET24", "unresolved")),
    "commissioner_view": EIGHT,
    "victim_officer": (("MET16", "view"), ("MET27", "kept"), ("MET28", "on_time")),
}  # fmt: skip
# Told of what is due in their queues and of no figure: they see none of the force (page map, P25).
WORK_ALONE: Final = ("offender_manager",)
CODES: Final = tuple(sorted({code for several in FIGURES.values() for code, _part in several}))
_WEEK: Final = timedelta(days=7)


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def is_of_week(week: date, day: date) -> bool:
    return week <= day < week + _WEEK


def figures_for(rights: Collection[str]) -> tuple[Shown, ...]:
    """What somebody with these rights is told of, each once, in the order of roles."""
    return tuple(dict.fromkeys(one for role, several in FIGURES.items() if role in rights for one in several))
