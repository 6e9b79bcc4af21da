"""On a generated force: which patterns of crimes recorded as something else are found, and which should be (BRC-09)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from craffu.breaches.patterns.reading import people_who_may, suffered_by
from craffu.clocks.london import day_of
from craffu.people.queries import members
from tests.factories.breach_force import BreachForce, rows

# What the truth calls the three groups. Window and fewest days are written out here once more, and not the product's own.
_GROUPS: Final = frozenset({
    "harassment", "harassment_fear", "harassment_aggravated", "malicious_communications", "damage",
})  # fmt: skip
_YEAR: Final = timedelta(days=365)


@dataclass
class Patterns:
    """How what goes to the coordinator compares with what was so. `stalked` are true patterns with an act that was stalking.

    `of_nobody` are those that no record shows: on all days but one the row about the victim could not be read.
    """

    true: int = 0
    of_nobody: int = 0
    found: int = 0
    raised: int = 0
    false: int = 0
    stalked: int = 0
    stalked_found: int = 0

    @property
    def missed(self) -> int:
        return self.true - self.found


def measure_patterns(force: BreachForce, now: datetime) -> Patterns:
    """A true pattern: crimes recorded under these groups against one true person, on two days of the year that ends now, with a
    row about her that its layout lets a reader read.

    It is *found* where crimes of it on two days are before the coordinator as the pattern of one person of the register.
    What is before the coordinator and holds no true pattern is *false*: crimes against several people taken for one.
    """
    last = day_of(now)
    against: dict[str, dict[str, tuple[date, bool]]] = defaultdict(dict)
    for row in rows(force.folder, "truth", "incidents"):
        on = date.fromisoformat(row["happened_at"][:10])
        if row["crime_ref"] and row["recorded_as"] in _GROUPS and last - _YEAR <= on <= last:
            against[row["victim"]][row["crime_ref"]] = on, row["conduct"] == "stalking"
    readable = _victims_told_of(force)
    seen = {who: {one: of for one, of in crimes.items() if (one, who) in readable} for who, crimes in against.items()}
    true = {who: crimes for who, crimes in seen.items() if _is_pattern(crimes, crimes)}
    of_nobody = sum(who not in true and _is_pattern(crimes, crimes) for who, crimes in against.items())
    by = force.system
    raised = [whole.in_pattern for whole in suffered_by(by, people_who_may(by), now).values() if whole.pattern]
    sets = [frozenset(one.crime for one in crimes) for crimes in raised]
    told, right = Patterns(true=len(true), of_nobody=of_nobody, raised=len(sets)), set()
    of_crime: dict[str, set[int]] = defaultdict(set)
    for place, crimes in enumerate(sets):
        for crime in crimes:
            of_crime[crime].add(place)
    for crimes in true.values():
        holding = {
            place for crime in crimes for place in of_crime[crime] if _is_pattern(crimes, sets[place] & set(crimes))
        }
        is_stalking = any(is_stalking for _, is_stalking in crimes.values())
        right |= holding
        told.found += bool(holding)
        told.stalked += is_stalking
        told.stalked_found += is_stalking and bool(holding)
    told.false = len(sets) - len(right)
    return told


def records_of_victims(force: BreachForce) -> set[int]:
    """Every record of whoever is a victim of a crime of these groups."""
    found = members(force.system).filter(person__one_of=frozenset(people_who_may(force.system))).order_by()
    return set(found.values_list("record_id", flat=True))


def _victims_told_of(force: BreachForce) -> set[tuple[str, str]]:
    """Each crime with the true person of a row about its victim that can be read."""
    whose = {
        row["key"]: row["person"]
        for row in rows(force.folder, "truth", "records")
        if (row["system"], row["table"], row["breaks_layout"]) == ("police", "persons", "no")
    }
    involved = rows(force.folder, "police", "involvements")
    named = ((row["crime_ref"], row["person_ref"]) for row in involved if row["role"] == "victim")
    return {(crime, whose[person]) for crime, person in named if person in whose}


def _is_pattern(crimes: dict[str, tuple[date, bool]], which: Iterable[str]) -> bool:
    return len({crimes[one][0] for one in which}) >= 2
