"""What courts did later to the orders they had made, and all of a court's results that look like an order or like bail.

The truth of what a court said, worked out from what happened and not from the messages in which it is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from craffu.config.demo import offences as charges
from craffu.config.demo import results
from craffu.config.demo.hearings import Sitting
from craffu.config.demo.offences import Offence
from craffu.config.demo.scene import Scene
from craffu.config.generate.chance import Flags, Ints, Words
from craffu.config.generate.court_orders import application_ptiurns
from craffu.config.generate.court_orders import ptiurns as cases_of_orders
from craffu.config.generate.courts import case_reference
from craffu.config.generate.days import written, years_of
from craffu.config.generate.orders import CHANGED_CODE, KINDS, RESULT_CODES, RO, RO_ACQUITTAL, SPO
from craffu.config.generate.tables import words
from craffu.config.generate.truth import SYSTEM
from craffu.config.generate.world import World
from craffu.config.generate.writing import Block, Extracts

_ON_BAIL_CODE = "4027"
# By kind of order, and by whether it was ended.
_ASKED: dict[tuple[int, bool], Offence] = {
    (RO, False): charges.RO_VARY, (RO, True): charges.RO_DISCHARGE,
    (RO_ACQUITTAL, False): charges.RO_ACQUITTAL_VARY, (RO_ACQUITTAL, True): charges.RO_ACQUITTAL_DISCHARGE,
    (SPO, False): charges.SPO_VARY, (SPO, True): charges.SPO_DISCHARGE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """One place for each order that a criminal court or a magistrates' court varied or discharged by the last day."""

    order: Ints
    day: Ints
    ended: Flags
    ptiurns: Words

    def __len__(self) -> int:
        return len(self.order)


def changes_of(world: World) -> Changes:
    """Those by the police are in the court's list of applications and have their case there; the others come after them."""
    orders, asked = world.orders, world.applications
    told = np.isin(orders.kind, (RO, RO_ACQUITTAL, SPO))
    day = np.minimum(orders.varied, orders.discharged)
    order = np.flatnonzero(told & (day <= world.last_day))
    day = day[order]
    case_of = {int(asked.order[at]): at for at in np.flatnonzero(asked.action != "make").tolist()}
    listed, after = application_ptiurns(world), len(world.tried) + len(asked) + 1
    years = (years_of(day) % 100).tolist()
    ptiurns = words(
        [
            listed[case_of[one]] if one in case_of else case_reference(after + at, years[at])
            for at, one in enumerate(order.tolist())
        ]
    )
    return Changes(order, day, orders.discharged[order] == day, ptiurns)


def change_heard(scene: Scene, kind: int, ended: bool, made: date, held: date) -> Sitting:
    """The hearing at which an order was changed, with the application for it."""
    asked = scene.charge(_ASKED[kind, ended], held, on=held, made=made)
    of_kind = results.stalking_protection_order_changed if kind == SPO else results.restraining_order_changed
    return scene.sitting(held, replace(asked, final=True, results=(of_kind(scene.terms, made, ended=ended),)))


def write_truth(world: World, into: Extracts) -> None:
    """One row for each order a court made, changed or ended under a code of its own, and for each remand on conditional bail."""
    columns = ("ptiurn", "person", "held_on", "result_code", "kind", "does", "order_ref")
    into.write(SYSTEM, "court_decisions", [*_made(world), *_changed(world), *_bailed(world)], columns=columns)


def _made(world: World) -> Iterator[Block]:
    orders = world.orders
    at = np.flatnonzero(RESULT_CODES[orders.kind] != "")
    suspect = world.pairs.suspect[orders.pair[at]]
    yield _block(
        world, cases_of_orders(world)[at], suspect, orders.made[at], RESULT_CODES[orders.kind[at]], "makes",
        words(KINDS)[orders.kind[at]], orders.refs()[at],
    )  # fmt: skip


def _changed(world: World) -> Iterator[Block]:
    changes, orders = changes_of(world), world.orders
    under_a_code = orders.kind[changes.order] != SPO
    order = changes.order[under_a_code]
    yield _block(
        world, changes.ptiurns[under_a_code], world.pairs.suspect[orders.pair[order]], changes.day[under_a_code],
        words([CHANGED_CODE] * len(order)), "changes", words(KINDS)[orders.kind[order]], orders.refs()[order],
    )  # fmt: skip


def _bailed(world: World) -> Iterator[Block]:
    tried = world.tried
    at = np.flatnonzero((tried.first != tried.last) & (tried.first <= world.last_day) & ~tried.in_custody)
    count = len(at)
    yield _block(
        world, tried.ptiurns()[at], tried.suspect[at], tried.first[at], words([_ON_BAIL_CODE] * count), "makes",
        words(["bail"] * count), words([""] * count),
    )  # fmt: skip


def _block(
    world: World, ptiurn: Words, suspect: Ints, day: Ints, code: Words, does: str, kind: Words, order: Words
) -> Block:  # fmt: skip
    return Block(
        {
            "ptiurn": ptiurn, "person": world.people.ids(suspect), "held_on": written(day), "result_code": code,
            "kind": kind, "does": [does] * len(ptiurn), "order_ref": order,
        }
    )  # fmt: skip
