"""A year of orders that some watch, some forget and some let run out, played from one due instant to the next (T29, REV-06).

No order ends unreviewed without having stood in a supervisor's list before its last day was over, and played again the year
changes nothing.
"""

# ruff: noqa: S311  # chance that need not be secure
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.cases.models import Case
from craffu.clocks.london import day_of, end_of, instant_of
from craffu.common.refusals import Refusal
from craffu.config.demo.playing.player import Player
from craffu.config.demo.playing.stage import People as Watchers
from craffu.config.generate.force import Wanted, generate
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.orders.dues import kept_dues, orders_to_list, standings
from craffu.orders.following.actions import raise_trigger
from craffu.orders.following.rules import Trigger
from craffu.orders.life.states import LIVE, OrderStatus
from craffu.orders.models import Order, OrderOwned
from craffu.orders.owning.actions import own_order
from craffu.orders.queries import find_order
from craffu.orders.reviewing.actions import sign_review
from craffu.orders.reviewing.due import What
from craffu.orders.reviewing.figures import orders_run_out
from craffu.orders.reviewing.queries import reviews_of, reviews_version
from craffu.orders.watching.kinds import What as Watched
from craffu.outbox.queries import waiting
from craffu.work.models import WorkItem
from tests.factories.orders import order_of
from tests.factories.reviews import answers, protected, reviewed, serve
from tests.factories.victims import QUIET, agreed, send_victim
from tests.factories.years import Act, Year, kept

pytestmark = [
    pytest.mark.rule("REV-06"),
    pytest.mark.rule("MON-04"),
    pytest.mark.rule("ORD-18"),
    pytest.mark.django_db,
    pytest.mark.postgres_in_deep,
    pytest.mark.slow,
    pytest.mark.long,
]

BEGIN = datetime(2025, 12, 1, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# What asks that somebody decides before an order ends.
ASK_OF_ITS_END = (What.REVIEW, Watched.WATCH)
DECISIONS = ("continue", "continue", "let_expire", "renew", "discharge", "escalate")


@dataclass
class People:
    """Whoever owns, reviews, renews and tightens the watch over orders: in time, late or never."""

    system: Acting
    team: Acting
    manager: Acting
    officer: Acting
    boss: Acting
    dice: random.Random
    folder: Path
    orders: dict[int, Order] = field(default_factory=dict)

    def order(self, number: int, made: datetime) -> Iterator[tuple[datetime, Act]]:
        """An order of some months, of which we learn when it is made or later."""
        dice = self.dice
        ends = day_of(made) + dice.randrange(40, 300) * DAY
        known = made + dice.choice([2, 20, 200]) * HOUR
        yield known, lambda at: self.learn(number, made, ends)
        at = known + dice.randrange(1, 90) * HOUR
        if dice.random() < 0.8:
            yield at, lambda at: self.serve(number, at)
        if dice.random() < 0.6:
            yield at + dice.randrange(1, 300) * HOUR, lambda at: self.own(number)
        if dice.random() < 0.4:
            yield at + dice.randrange(1, 60) * DAY, lambda at: self.alert(number, at)
        for _ in range(dice.randrange(5)):
            at += dice.randrange(10, 90) * DAY
            decision = dice.choice(DECISIONS)
            yield at, lambda at, decision=decision: self.review(number, decision, at)  # type: ignore[misc]
            yield at + dice.choice([1, 30, 400]) * HOUR, lambda at: self.sign(number)

    def learn(self, number: int, made: datetime, ends: date) -> None:
        victim = send_victim(self.system, self.folder, number)
        agreed(self.officer, victim, QUIET)
        case = Case.objects.for_system("a test").order_by("id").last()
        self.orders[number] = order_of(self.team, case.reference, made, "RO_CONV", ends)

    def _found(self, number: int) -> Order:
        found = find_order(self.team, self.orders[number].reference)
        assert found is not None
        return found

    def serve(self, number: int, at: datetime) -> None:
        with suppress(Refusal):
            serve(self.team, self._found(number), at - HOUR)

    def own(self, number: int) -> None:
        with suppress(Refusal):
            own_order(by=self.team, order=self.orders[number].reference, to=self.manager.user)

    def alert(self, number: int, at: datetime) -> None:
        words, order = "The tag was cut", self.orders[number].reference
        with suppress(Refusal):
            raise_trigger(by=self.manager, order=order, trigger=Trigger.TAG_OR_DEVICE_ALERT, at=at, words=words)

    def review(self, number: int, decision: str, at: datetime) -> None:
        order = self._found(number)
        said = answers(protected(self.team, order), "declined", decision, declined_on=day_of(at).isoformat())
        with suppress(Refusal):
            reviewed(self.team, order, said)

    def sign(self, number: int) -> None:
        order = self._found(number)
        reviews = reviews_of(self.boss, order)
        if not reviews:
            return
        with suppress(Refusal):
            sign_review(
                by=self.boss, order=order.reference, number=reviews[-1].row.number, agrees=self.dice.random() < 0.8,
                words="Ask again", seen=reviews_version(reviews),
            )  # fmt: skip


def lapsed_in(by: Acting, first: date, last: date) -> list[Order]:
    """Orders that ran out and of whose end nobody had decided in time."""
    return [order for order, is_unreviewed in orders_run_out(by, first, last) if is_unreviewed]


def asked_of_its_end(played: Year, order: Order) -> bool:
    """Whether somebody was asked, in a supervisor's list, what becomes of an order before its last day was over."""
    assert order.last_day is not None
    kinds = [one.value for one in ASK_OF_ITS_END]
    asked = WorkItem.objects.for_system("a test").filter(about_kind="order", about=order.reference, kind__in=kinds)
    return any(
        played.first_shown.get(one, end_of(order.last_day)) < end_of(order.last_day)
        for one in asked.values_list("pk", flat=True)
    )


def check_each_live_order_is_looked_after(by: Acting) -> None:
    """Each has an owner, a check, a review and a day to decide by, or is listed as lacking it; in force it lacks no review."""
    orders = orders_to_list(by)
    found = {one.order: one for one in standings(by, orders, kept_dues(by, orders))}
    live = Order.objects.for_system("a test").filter(status__in=LIVE)
    assert set(found) == {one.reference for one in live}
    owners = dict(OrderOwned.objects.for_system("a test").order_by("id").values_list("order_id", "owner_id"))
    for order in live:
        one = found[order.reference]
        assert ("owner" in one.lacks) is (owners.get(order.pk) is None), one
        assert ("check" in one.lacks) is (one.next_check is None), one
        assert one.next_review is not None or order.status != OrderStatus.IN_FORCE, one
        assert one.decide_by == order.last_day - 14 * DAY if order.last_day else one.decide_by is not None, one


def check(played: Year, lapsed: list[Order]) -> None:
    """The year held what it is there to show, nothing came unseen, and played again it changes nothing."""
    assert waiting(played.force.code) == []
    check_each_live_order_is_looked_after(played.supervisor)
    assert lapsed, "somebody let an order run out"
    assert [one.reference for one in lapsed if not asked_of_its_end(played, one)] == []
    assert played.unseen() == []
    before = kept()
    played.play_again()
    assert kept() == before


@pytest.mark.deep
@pytest.mark.parametrize(
    ("orders", "seed"),
    [(2, 1), pytest.param(60, 2, marks=pytest.mark.deep)],
)
def test_T29_no_order_of_people_who_forget_ends_unreviewed_unseen(
    orders: int, seed: int, force: Force, system: Acting, tmp_path: Path, acting_as: Callable[..., Acting]
) -> None:
    boss, dice = acting_as("supervisor"), random.Random(seed)
    people = People(
        system,
        acting_as("orders_team"),
        acting_as("offender_manager"),
        acting_as("victim_officer"),
        boss,
        dice,
        tmp_path,
    )
    played = Year(force, boss)
    for number in range(1, orders + 1):
        played.acts += people.order(number, BEGIN + dice.randrange(200 * 24) * HOUR)
    end = BEGIN + 365 * DAY
    played.play(end)
    ended = Order.objects.for_system("a test").filter(status=OrderStatus.EXPIRED).count()
    lapsed = lapsed_in(boss, day_of(BEGIN), day_of(end))
    assert len(lapsed) <= ended
    check(played, lapsed)


def acts(player: Player) -> Iterator[tuple[datetime, Act]]:
    """The generated force's rows, with the clock asked of everything in between: the year ticks by itself."""
    for moment, step in player.steps():
        yield moment, lambda _at, moment=moment, step=step: player.take(moment, step)  # type: ignore[misc]


@pytest.mark.deep
def test_T29_two_thousand_people_no_order_ends_unreviewed_unseen(
    force: Force,
    system: Acting,
    tmp_path: Path,
    acting_as: Callable[..., Acting],
    frozen_clock: time_machine.Traveller,
) -> None:
    wanted = Wanted(people=2_000, years=10, seed=32)
    generate(tmp_path, wanted)
    end = end_of(wanted.until)
    # The police system tells of the whole year in its last minutes, and the clock hears it before the year is over.
    told, heard = end - timedelta(minutes=5), end - timedelta(minutes=1)
    begin = instant_of(datetime.combine(wanted.until - 365 * DAY, time(6)))
    frozen_clock.move_to(told)
    assert take_in(by=system, kind="rms", paths=[tmp_path / "police"]).reconciled
    boss = acting_as("supervisor")
    watchers = Watchers(acting_as("offender_manager"), acting_as("orders_team"), boss, acting_as("victim_officer"))
    player = Player(tmp_path, system, watchers, ticks=False)
    played = Year(force, boss, told_at=told)
    for moment, act in acts(player):
        if moment < begin:
            frozen_clock.move_to(moment)
            act(moment)
        elif moment < end:
            played.acts.append((moment, act))
    played.acts.append((heard, played.tick_at))
    frozen_clock.move_to(begin)
    tick(force=force, at=begin)
    played.play(end)
    check(played, lapsed_in(boss, day_of(begin), day_of(end)))
