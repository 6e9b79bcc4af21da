"""The register's records compared by the model, whole: what it says is kept, and persons form anew (IDN-02, IDN-04, IDN-06)."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.queries import parts_played
from craffu.common import clock
from craffu.engines.choice import Engine
from craffu.linkage.actions import keep_model, keep_scores
from craffu.linkage.facts import NewModel, Scored
from craffu.linkage.model.linking import Linked, linked
from craffu.linkage.permissions import check_can_link
from craffu.linkage.queries import linked_by_model, thresholds_in_use
from craffu.linkage.rules import Decision, Link
from craffu.people.queries import SaidLast, members, said_last

# Contacts are compared for equality alone, by their keyed tokens (SEC-06): what each is called here, by its kind.
TOKENS: Final = {"address": "address_token", "phone": "phone_token", "email": "email_token"}
COMPARED: Final = {f"other_{at}": kind for at, kind in enumerate(TOKENS)}
# A pair that the model no longer finds worth a look.
_FORGOTTEN: Final = 0.0
_SURE: Final = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Run:
    """What linking the register came to: of so many records so many persons, by so many links and pairs for a person."""

    records: int
    persons: int
    auto_links: int
    clerical: int
    pairs_compared: int
    moved: int


def link_register(by: Acting, engine: Engine, said: Callable[[str], object] = str, now: datetime | None = None) -> Run:
    """Compare every record of the force with every other worth comparing. Run again on the same records, nothing changes.

    Comparing takes long and holds no transaction; what came of it is kept in one. Raises TooManyPairs, NothingToCompare and
    NotPermitted.
    """
    check_can_link(by)
    everybody = said_last(by)
    if not everybody:
        return Run(0, 0, 0, 0, 0, 0)
    found = linked(
        [given_of(one) for one in everybody], engine=engine, others=tuple(TOKENS.values()), auto=thresholds_in_use(by).auto,
        said=said,
    )  # fmt: skip
    said("keeping what was found")
    numbers = [one.record for one in everybody]
    at = now or clock.now()
    model = keep_model(by=by, trained=_trained(found, engine), now=at)
    likely = [*found.links, *found.clerical, *(one.link for one in found.held)]
    scored = {one.ends: one for one in (_scored(numbers, link, found.said_of(link)) for link in likely)}
    for left, right in linked_by_model(by) - scored.keys():
        scored[left, right] = Scored(left, right, _FORGOTTEN, _weight(_FORGOTTEN))
    done = keep_scores(by=by, model=model, scored=list(scored.values()), roles_of=parts_played, now=at)
    persons = members(by).order_by().values("person_id").distinct().count()
    return Run(
        len(everybody),
        persons,
        done.pairs[Decision.LINK],
        done.pairs[Decision.CLERICAL],
        found.blocking.total,
        done.moved,
    )


def given_of(one: SaidLast) -> dict[str, str]:
    """What a record says last, as the model takes it."""
    return {
        "given_name": one.given_names, "family_name": one.family_name, "date_of_birth": one.born_on, "sex": one.sex,
        "identifier": one.pnc, **{name: one.tokens.get(kind, "") for kind, name in TOKENS.items()},
    }  # fmt: skip


def _scored(numbers: list[int], link: Link, said: Sequence[tuple[str, str, float]]) -> Scored:
    """Contacts by what they are; the pair's weight is what all of it adds up to."""
    levels = tuple((COMPARED.get(what, what), level, weight) for what, level, weight in said)
    weight = round(math.fsum(one for _what, _level, one in levels), 6)
    return Scored(numbers[link.left], numbers[link.right], link.probability, weight, levels)


def _weight(probability: float) -> float:
    """Log 2 of the odds, within what a page can show."""
    held = min(max(probability, 1 - _SURE), _SURE)
    return round(math.log2(held / (1 - held)), 3)


def _trained(found: Linked, engine: Engine) -> NewModel:
    drift = {
        "filled": dict(found.model.filled),
        "levels": {name: dict(some) for name, some in found.model.levels.items()},
    }
    records = sum(map(len, found.persons))
    return NewModel(str(engine), found.model.seed, found.model.data, records, found.model.settings, drift)
