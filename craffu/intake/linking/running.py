"""The register's records compared by the model, whole: what it says is kept, and persons form anew (IDN-02, IDN-04, IDN-06)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from craffu.access.acting import Acting
from craffu.cases.queries import parts_played
from craffu.common import clock
from craffu.common.statistics import refresh_statistics
from craffu.engines.choice import Engine
from craffu.intake.linking.reading import FORGOTTEN, given_of, scored_of, weight_of
from craffu.linkage.actions import keep_model, keep_scores
from craffu.linkage.arrivals.actions import keep_basis
from craffu.linkage.arrivals.facts import Basis, Keyed, tokens_of_values
from craffu.linkage.facts import NewModel, Scored
from craffu.linkage.model.comparisons import SHARED_GIVEN
from craffu.linkage.model.drift import MODEL_VERSION, Learns, levels_moved, moved
from craffu.linkage.model.families import in_hundredths
from craffu.linkage.model.keys import keys_of, without_implied
from craffu.linkage.model.levels import columns_counted
from craffu.linkage.model.linking import Before, Linked, linked
from craffu.linkage.models import LinkModel
from craffu.linkage.permissions import check_can_link
from craffu.linkage.queries import linked_by_model, model_in_use, thresholds_in_use
from craffu.linkage.rules import Decision
from craffu.people.queries import SaidLast, last_settled_version, members, said_last
from craffu.people.tokens import read_addresses


@dataclass(frozen=True, slots=True)
class Run:
    """What linking the register came to: of so many records so many persons, by so many links and pairs for a person."""

    records: int
    persons: int
    auto_links: int
    clerical: int
    pairs_compared: int
    moved: int
    # The number of the model in use; why it was learnt by this run, empty where it was kept from before; how far the share of
    # records that fill a column, and of likely pairs on a level, has moved since it was learnt.
    model: int = 0
    learnt: str = ""
    filled_moved: float = 0.0
    levels_moved: float = 0.0


def link_register(
    by: Acting,
    engine: Engine,
    said: Callable[[str], object] = str,
    now: datetime | None = None,
    *,
    learn: bool = False,
) -> Run:
    """Compare every record of the force with every other worth comparing. Run again on the same records, nothing changes.

    The model in use is used again while it fits the records; `learn` has one learnt whether it does or not.

    Comparing takes long and holds no transaction; what came of it is kept in one. Raises TooManyPairs, NothingToCompare,
    NotEnoughMemory and NotPermitted.
    """
    check_can_link(by)
    read_addresses()
    seen = last_settled_version(by, now or clock.now())
    everybody = said_last(by)
    if not everybody:
        return Run(0, 0, 0, 0, 0, 0)
    last = model_in_use(by)
    found = linked(
        map(given_of, everybody), engine=engine, auto=thresholds_in_use(by).auto,
        before=None if last is None or learn else Before(last.settings, last.drift), said=said,
    )  # fmt: skip
    said("keeping what was found")
    numbers = [one.record for one in everybody]
    at = now or clock.now()
    model = keep_model(by=by, trained=trained_by(found, engine, last), now=at)
    likely = [*found.links, *found.clerical, *(one.link for one in found.held)]
    scored = {one.ends: one for one in (scored_of(numbers, link, found.said_of(link)) for link in likely)}
    compared = frozenset(numbers)
    for left, right in linked_by_model(by) - scored.keys():
        # What arrived while this run was comparing, and was compared then, is not forgotten.
        if not {left, right} <= compared:
            continue
        scored[left, right] = Scored(left, right, FORGOTTEN, weight_of(FORGOTTEN))
    done = keep_scores(by=by, model=model, scored=list(scored.values()), roles_of=parts_played, now=at)
    persons = members(by).order_by().values("person_id").distinct().count()
    if found.standing is not None:
        said("keeping what records are looked for by")
        keep_for_arrivals(by, model, found, everybody, seen)
    # Until SQLite has looked at so many new pairs it reads all of them for those of one record.
    refresh_statistics()
    filled, levels = model.drift["filled"], model.drift["levels"]
    return Run(
        len(everybody),
        persons,
        done.pairs[Decision.LINK],
        done.pairs[Decision.CLERICAL],
        found.blocking.total,
        done.moved,
        model.number,
        _why(found.learns, last, asked=learn),
        moved(filled, found.model.filled),
        levels_moved(levels, found.model.levels),
    )


def keep_for_arrivals(by: Acting, model: LinkModel, found: Linked, everybody: Sequence[SaidLast], seen: int) -> None:
    """Keep what records that arrive from now on are compared by (IDN-06)."""
    standing = found.standing
    if standing is None:
        raise ValueError("nothing was compared")
    counted = {column: found.rows.counts(column) for column in columns_counted(model.settings)}
    basis = Basis(
        without_implied(found.blocking.rules), tokens_of_values("identifier", sorted(found.cuts.identifiers)),
        tokens_of_values("born", sorted(found.cuts.dates)), found.cuts.first_of_january, standing.shift,
        standing.homes_are_shared, standing.namesakes, standing.believed,
        {name: sum(each.values()) for name, each in counted.items()},
    )  # fmt: skip
    keep_basis(
        by=by, model=model, digest=found.model.data, basis=basis, seen=seen,
        keyed=(
            Keyed(one.record, one.version, tuple(keys_of(row, basis.rules)))
            for one, row in zip(everybody, found.rows, strict=True)
        ),
        often=chain(
            ((column, value, number) for column, each in counted.items() for value, number in each.items() if number > 1),
            ((SHARED_GIVEN, family, number) for family, number in in_hundredths(found.rows).items()),
        ),
    )  # fmt: skip


def _why(learns: Learns | None, last: LinkModel | None, *, asked: bool) -> str:
    return Learns.ASKED.value if asked and last is not None and learns is not None else learns or ""


def trained_by(found: Linked, engine: Engine, last: LinkModel | None) -> NewModel:
    if last is not None and found.learns is None and found.blocking.rules:
        # Kept with what it was learnt from, so that it stays the one in use.
        return NewModel(last.engine, last.seed, last.digest, last.records, last.settings, last.drift)
    records = sum(map(len, found.persons))
    drift = {
        "version": MODEL_VERSION,
        "compared": [one["output_column_name"] for one in found.model.settings.get("comparisons", ())],
        "records": records,
        "likely": found.model.likely,
        "filled": dict(found.model.filled),
        "levels": {name: dict(some) for name, some in found.model.levels.items()},
    }
    return NewModel(str(engine), found.model.seed, found.model.data, records, found.model.settings, drift)
