"""How an order is reviewed: with what was heard, and agreed by somebody else where that is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from craffu.clocks.london import day_of, instant_of
from craffu.config.demo.playing.life import SAFE
from craffu.config.demo.playing.stage import Row, Stage, at
from craffu.orders.models import Order
from craffu.orders.queries import protected_by
from craffu.orders.reviewing.actions import complete_review, sign_review
from craffu.orders.reviewing.facts import Answers, Heard
from craffu.orders.reviewing.queries import reviews_of, reviews_version
from craffu.orders.reviewing.rules import Voice
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.models import View
from craffu.victims.voice.actions import record_view
from craffu.victims.voice.facts import NewView
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION, MaySee, Route, Subject

_A_MINUTE: Final = timedelta(minutes=1)
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reviews:
    stage: Stage

    def put_down(self, row: Row, order: Row) -> None:
        put = at(row["reviewed_at"])
        if row["voice"] == Voice.NOT_REACHABLE:
            for moment, channel in _attempts(put):
                self.stage.step(moment, partial(self._try, order, channel))
        self.stage.step(put, lambda: self._review(row))
        if row["agreed_at"]:
            self.stage.step(at(row["agreed_at"]), lambda: self._sign(row))

    def _try(self, order: Row, channel: str) -> None:
        given = NewContact(channel=channel, at=self.stage.now, was_reached=False)
        record_contact(
            by=self.stage.people.officer,
            victim=self.stage.victim(self.stage.record(order["protected_ref"]).pk),
            given=given,
            now=self.stage.now,
        )

    def _review(self, row: Row) -> None:
        order = self.stage.order(row)
        [record] = protected_by(self.stage.system, order)
        answers = Answers(
            is_read=True, heard=(self._heard(row, order, record),), effect="It is why the order stays", decision=row["decision"],
            reason="As was seen and heard since the last review", why_differs="The risk has not changed" if row["wants"] else "",
        )  # fmt: skip
        seen = reviews_version(reviews_of(self.stage.system, order))
        complete_review(
            by=self.stage.people.team, order=order.reference, answers=answers, seen=seen, now=self.stage.now
        )

    def _heard(self, row: Row, order: Order, record: int) -> Heard:
        match row["voice"]:
            case Voice.GIVEN:
                view = self._view(record, f"Rwy’n ofni o hyd, {row['review_ref']}")
                return Heard(record, Voice.GIVEN, view=view.pk, wants=row["wants"])
            case Voice.DECLINED:
                day = day_of(at(row["reviewed_at"]))
                return Heard(record, Voice.DECLINED, declined_on=day.isoformat())
            case Voice.UNSAFE_TO_ASK:
                return Heard(record, Voice.UNSAFE_TO_ASK, reason="They live with the respondent again")
            case _:
                return Heard(record, row["voice"])

    def _view(self, record: int, words: str) -> View:
        notice = ReadersNotice(NOTICE_VERSION, "en", self.stage.now - _A_MINUTE, NOTICES[NOTICE_VERSION])
        given = NewView(Subject.REVIEW, words, "en", Route.TELEPHONE, notice, (MaySee.ORDERS_TEAM,))
        return record_view(
            by=self.stage.people.officer, victim=self.stage.victim(record), given=given, now=self.stage.now
        )

    def _sign(self, row: Row) -> None:
        order = self.stage.order(row)
        reviews = reviews_of(self.stage.system, order)
        sign_review(
            by=self.stage.people.supervisor, order=order.reference, number=reviews[-1].row.number, agrees=True, words="",
            seen=reviews_version(reviews), now=self.stage.now
        )  # fmt: skip


def _attempts(put: datetime) -> Iterator[tuple[datetime, str]]:
    """Three, on two days, by two ways that are safe."""
    for days, hour, channel in ((2, 10, SAFE[0]), (1, 10, SAFE[1]), (1, 11, SAFE[0])):
        yield instant_of(datetime.combine(day_of(put) - days * _A_DAY, time(hour))), channel
