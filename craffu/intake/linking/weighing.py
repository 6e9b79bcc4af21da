"""What the model says of some records that arrived and those they may be. What it weighs with is loaded here only when there is
something to weigh: a web worker, which takes nothing in, carries none of it (B11).
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Final

from craffu.access.acting import Acting
from craffu.intake.linking.reading import FORGOTTEN, given_of, scored_of, weight_of
from craffu.linkage.arrivals.facts import Basis, Keyed
from craffu.linkage.arrivals.models import ArrivalBasis
from craffu.linkage.arrivals.queries import records_near, said_often
from craffu.linkage.arrivals.tokens import tokens_of, value
from craffu.linkage.facts import Scored
from craffu.linkage.model.comparisons import HUNDREDTHS, SHARED_GIVEN
from craffu.linkage.model.keys import agrees, keys_of, looked_for
from craffu.linkage.queries import likely_with
from craffu.linkage.rules import USUAL, Link, Thresholds
from craffu.linkage.standard.rows import Cuts, Row, rows_as_cut
from craffu.people.queries import SaidLast, belonging_now, said_last

if TYPE_CHECKING:
    from craffu.linkage.model.comparing import Compared

# More records that agree on one thing are not compared with one that arrives; nor are more than so many in all, those that agree
# on what fewest say first.
MOST_OF_A_KEY: Final = 2_000
MOST_OF_A_RECORD: Final = 3_000


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is found by which keys, the scores to keep, and the counts."""

    keyed: tuple[Keyed, ...] = field(repr=False)
    scored: tuple[Scored, ...] = field(repr=False)
    pairs: int
    links: int
    clerical: int
    left_out: int


def weighed(by: Acting, basis: ArrivalBasis, records: Sequence[int]) -> Weighed:
    """Hold some records against whoever they may be, one another among them."""
    figures = Basis.of_json(basis.figures)
    said = said_last(by, records)
    rows = dict(zip((one.record for one in said), rows_of(said, figures), strict=True))
    keyed = tuple(Keyed(one.record, one.version, tuple(keys_of(rows[one.record], figures.rules))) for one in said)
    near, left_out = _near(by, rows, keyed, figures)
    others = said_last(by, {other for some in near.values() for other in some} - rows.keys())
    rows |= zip((one.record for one in others), rows_of(others, figures), strict=True)
    order = sorted(rows)
    place = {record: at for at, record in enumerate(order)}
    pairs = {
        (min(one, other), max(one, other))
        for one, some in near.items()
        for other in some
        if other in rows and one != other
    }
    pairs = {(low, high) for low, high in pairs if agrees(rows[low], rows[high], figures.rules)}
    found = compared_with(
        by, basis, figures, [rows[one] for one in order], [(place[a], place[b]) for a, b in pairs], order, records
    )
    likely = [*found.links, *found.clerical, *(one.link for one in found.held)]
    scored = {one.ends: one for one in (scored_of(order, link, found.said_of(link)) for link in likely)}
    for ends in likely_with(by, records) - scored.keys():
        scored[ends] = Scored(*ends, FORGOTTEN, weight_of(FORGOTTEN))
    return Weighed(keyed, tuple(scored.values()), len(pairs), len(found.links), len(found.clerical), left_out)


def rows_of(said: Sequence[SaidLast], figures: Basis) -> list[Row]:
    """What some records say, as the last run would read it."""
    cuts = Cuts(figures.cut_identifiers, figures.cut_dates, figures.first_of_january)
    return rows_as_cut([given_of(one) for one in said], (), cuts)


def _near(by: Acting, rows: dict[int, Row], keyed: Sequence[Keyed], figures: Basis) -> tuple[dict[int, set[int]], int]:
    """Whom each record may be by its keys, those that came with it too, and how many keys were left out because of too many."""
    asked = {one.record: tokens_of(looked_for(rows[one.record], figures.rules)) for one in keyed}
    found = records_near(by, {token for some in asked.values() for token in some}, MOST_OF_A_KEY)
    # Not stored yet, or stored as they were before.
    together: dict[int, set[int]] = {}
    for one in keyed:
        for token in tokens_of(one.keys):
            together.setdefault(token, set()).add(one.record)
    near: dict[int, set[int]] = {}
    left_out = found.left_out
    for record, tokens in asked.items():
        some: set[int] = set()
        groups = sorted(
            (found.records.get(token, frozenset()) | together.get(token, set()) for token in set(tokens)), key=len
        )
        for group in groups:
            if len(some | group) > MOST_OF_A_RECORD:
                left_out += 1
            else:
                some |= group
        near[record] = some - {record}
    return near, left_out


def compared_with(
    by: Acting,
    basis: ArrivalBasis,
    figures: Basis,
    rows: Sequence[Row],
    pairs: Sequence[tuple[int, int]],
    order: Sequence[int],
    arrived: Collection[int],
) -> "Compared":
    """What the model says of these pairs of rows, by their places; `order` is the record of each, `arrived` those just come."""
    comparing = import_module("craffu.linkage.model.comparing")
    levels = import_module("craffu.linkage.model.levels")
    linking = import_module("craffu.linkage.model.linking")
    # The basis is of the model in use, by whose thresholds pairs are decided.
    settings, auto = basis.model.settings, basis.model.auto
    shares = _Shares(by, figures, rows, levels.columns_counted(settings))
    found: Compared = comparing.compared(
        settings, linking.Standing(figures.shift, figures.homes_are_shared, figures.namesakes, figures.believed), rows, pairs,
        shares.of, shares.shared_given, Thresholds(auto, min(USUAL.clerical, auto)),
        _standing_links(by, order, arrived),
    )  # fmt: skip
    return found


class _Shares:
    """How many records say a value as a share of those that say any, of every value that some records say, and by how many bits
    a family name that some say does less where the given name agrees too. One query.
    """

    def __init__(self, by: Acting, figures: Basis, rows: Sequence[Row], columns: Sequence[str]) -> None:
        said = Counter((column, row[column]) for row in rows for column in columns if row[column] is not None)
        twice = [one for one, number in said.items() if number > 1]
        families = sorted({row["family"] for row in rows if row["family"] is not None})
        tokens = tokens_of(
            value(column, text) for column, text in (*twice, *((SHARED_GIVEN, family) for family in families))
        )
        often = said_often(by, tokens)
        self._shares = {
            one: often.get(token, 1) / max(1, figures.totals.get(one[0], 0))
            for one, token in zip(twice, tokens, strict=False)
        }
        self._shared_given = {
            family: often.get(token, 0) / HUNDREDTHS
            for family, token in zip(families, tokens[len(twice) :], strict=True)
        }

    def of(self, column: str, said: str) -> float:
        return self._shares[column, said]

    def shared_given(self, family: str) -> float:
        return self._shared_given[family]


def _standing_links(by: Acting, order: Sequence[int], arrived: Collection[int]) -> list[Link]:
    """Those that came before and are one person already: what they say together is held against what arrives."""
    whose = belonging_now(by, set(order) - set(arrived))
    first: dict[int, int] = {}
    place = {record: at for at, record in enumerate(order)}
    found = []
    for record in sorted(whose):
        one = first.setdefault(whose[record], record)
        if one != record:
            found.append(Link(place[one], place[record], 1.0, is_by_person=True))
    return found
