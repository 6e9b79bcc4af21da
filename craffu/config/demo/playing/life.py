"""What becomes of an order: entered as its words came, managed, served, entered nationally, changed, ended."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from craffu.clocks.london import day_of, end_of
from craffu.config.demo.playing.stage import Row, Stage, at, day
from craffu.orders.entering.actions import record_entry
from craffu.orders.entering.rules import NATIONAL
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.noting.actions import note_change_refused, note_relaxation_sought
from craffu.orders.owning.actions import own_order
from craffu.orders.queries import find_order
from craffu.orders.scanning.actions import scan_pack
from craffu.victims.agreements.actions import agree
from craffu.victims.agreements.facts import NEWS_ONLY, Terms
from craffu.victims.agreements.queries import edit_version, versions_of
from craffu.victims.queries import find_victim

SAFE: Final = ("telephone", "text_message")
_AN_HOUR, _A_MINUTE, _FOUR_WEEKS = timedelta(hours=1), timedelta(minutes=1), timedelta(days=28)
# Contacted only when there is news: nothing is promised by itself.
_AGREED: Final = Terms(
    officer="Victim contact officer", frequency=NEWS_ONLY, channels=SAFE, times=(("09:00", "17:30"),), language="cy",
    never_say="not a word of the court", safe_word="mwyalchen", urgent_reach="text_message", survey="yes",
)  # fmt: skip


@dataclass
class Life:
    stage: Stage
    mains: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def put_down(self, row: Row, words: list[Row]) -> None:
        self.stage.step(at(row["updated_at"]), lambda: self._enter(row, words))
        if row["managed_from"]:
            self.stage.step(at(row["managed_from"]), lambda: self._own(row))
        if row["service_written_at"]:
            self.stage.step(at(row["service_written_at"]), lambda: self._serve(row))
        if row["last_day"]:
            ends = end_of(day(row["last_day"]))
            self.stage.step(ends - _AN_HOUR, self.stage.tick)
            self.stage.step(ends + _A_MINUTE, self.stage.tick)

    def _enter(self, row: Row, words: list[Row]) -> None:
        self._ask(row)
        given = Given(
            made_at=at(row["made_at"]), court=row["court"], court_case_no=row["case_number"], source_record="sealed order",
            last_day=day(row["last_day"]) if row["last_day"] else None,
            is_indefinite=row["until_further_order"] == "yes", terms=_terms(row, words, is_varied=False),
        )  # fmt: skip
        application = row["application_ref"]
        team, main = self.stage.people.team, None
        if row["kind"] == "ISPO" and application not in self.mains:
            begun = begin_order(
                by=team, beginning=self._of(row, "SPO"), move="open_consideration", given=Given(), now=self.stage.now
            )
            self.mains[application] = begun.reference
        if row["kind"] == "ISPO":
            main = find_order(team, self.mains[application])
        if row["kind"] == "SPO" and application in self.mains:
            order = move_order(by=team, order=self.mains[application], move="receive", given=given, now=self.stage.now)
        else:
            beginning = replace(self._of(row, row["kind"]), main=main, is_interim=row["kind"] == "ISPO")
            order = begin_order(by=team, beginning=beginning, move="receive", given=given, now=self.stage.now)
        self.stage.orders[row["order_ref"]] = order.reference

    def _of(self, row: Row, kind: str) -> Beginning:
        """Whom an order is against and whom it protects."""
        respondent, protected = (self.stage.record(row[name]) for name in ("respondent_ref", "protected_ref"))
        return Beginning(kind=kind, respondent=respondent, protects=[protected])

    def _ask(self, row: Row) -> None:
        """What is agreed with whoever the order protects, once: how they are reached, and how often they want to be asked."""
        if row["protected_ref"] in self.asked:
            return
        self.asked.add(row["protected_ref"])
        revisit = day_of(self.stage.now) + _FOUR_WEEKS
        terms = replace(_AGREED, asking=row["protected_asks"], next_revisit_on=revisit.isoformat())
        victim = self.stage.victim(self.stage.record(row["protected_ref"]).pk)
        found = find_victim(self.stage.people.officer, victim)
        seen = edit_version(versions_of(self.stage.people.officer, found.records if found else ()))
        agree(by=self.stage.people.officer, victim=victim, given=terms, seen=seen, now=self.stage.now)

    def _own(self, row: Row) -> None:
        own_order(
            by=self.stage.people.team,
            order=self.stage.orders[row["order_ref"]],
            to=self.stage.people.manager.user,
            now=self.stage.now,
        )

    def _serve(self, row: Row) -> None:
        reference = self.stage.orders[row["order_ref"]]
        scan_pack(by=self.stage.people.team, order=reference, papers_looked_at=True, now=self.stage.now)
        given = Given(
            served_at=at(row["served_at"]), place=row["service_place"], method="personal", server="PC 44 Rees",
            proof="Statement",
        )  # fmt: skip
        move_order(by=self.stage.people.team, order=reference, move="serve", given=given, now=self.stage.now)

    def enter_nationally(self, row: Row) -> None:
        record_entry(
            by=self.stage.people.team, order=self.stage.orders[row["order_ref"]], system=NATIONAL,
            entered_on=day(row["entered_on"]), reference=row["entry_ref"], now=self.stage.now,
        )  # fmt: skip

    def put_down_change(self, row: Row, words: list[Row]) -> None:
        if row["change"] == "discharge":
            asked = at(f"{row['lodged_on']}T10:00:00")
            self.stage.step(
                asked,
                lambda: note_relaxation_sought(
                    by=self.stage.people.team, order=self.stage.orders[row["order_ref"]], at=asked, now=self.stage.now
                ),
            )
        if row["result"] == "refused":
            self.stage.step(at(row["updated_at"]), lambda: self._refused(row))
            return
        if row["change"] != "vary":
            self.stage.step(at(f"{row['determined_on']}T00:05:00"), self.stage.tick)
        self.stage.step(at(row["updated_at"]), lambda: self._change(row, words))

    def _refused(self, row: Row) -> None:
        note_change_refused(
            by=self.stage.people.team,
            order=self.stage.orders[row["order_ref"]],
            change=row["change"],
            applicant=row["applicant"],
            at=at(row["updated_at"]),
            now=self.stage.now,
        )

    def _change(self, row: Row, words: list[Row]) -> None:
        on, why = day(row["determined_on"]), "The court said so in its order"
        if row["change"] == "vary":
            given = Given(
                varied_on=on, applicant=row["applicant"], reason_text=why, terms=_terms({}, words, is_varied=True)
            )
        elif row["change"] == "discharge":
            given = Given(
                discharged_on=on, applicant=row["applicant"], reason_text=why, consents=("respondent", "chief_officer")
            )
        else:
            given = Given(main_determined_on=on, main_outcome="granted")
        self.stage.conditions.pop(self.stage.orders[row["order_ref"]], None)
        move = "end_on_determination" if row["change"] == "determined" else row["change"]
        move_order(
            by=self.stage.people.team,
            order=self.stage.orders[row["order_ref"]],
            move=move,
            given=given,
            now=self.stage.now,
        )
        if row["change"] != "vary":
            # A clock that runs would withdraw what the order asked for as soon as its end is known.
            self.stage.tick()


def _terms(row: Row, words: list[Row], *, is_varied: bool) -> NewTerms:
    conditions = tuple(
        NewCondition(
            one["condition_type"], (is_varied and one["words_varied"]) or one["words"],
            is_requirement=one["condition_type"] == "extra_notification",
        )
        for one in words
    )  # fmt: skip
    return NewTerms(conditions, has_no_locality=is_varied or row["locality"] == "none")
