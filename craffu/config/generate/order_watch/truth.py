"""What is true of watching the orders at the end of the last day: each thing that was due, and the figures of two periods.

The periods are all days since the orders are watched, and the last 92. As of the midnight that ends the last day.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from craffu.config.generate.days import A_DAY
from craffu.config.generate.order_watch.coming import since
from craffu.config.generate.order_watch.held import NOTIFIES, Watched
from craffu.config.generate.order_watch.reviewing import DECIDES, ENDS_OR_RELAXES
from craffu.config.generate.tables import words
from craffu.config.generate.witness_care.hours import written_day
from craffu.config.generate.world import World
from craffu.config.generate.writing import Block, Extracts

_SYSTEM: Final = "truth"
_QUARTER: Final = 92
_COLUMNS: Final = {
    "orders_watched": (
        "order_ref", "kind", "service", "unserved_over_3_days", "active", "lacks", "notification", "notification_last_day", "end",
    ),
    "checks_due": ("order_ref", "condition_number", "due_on", "status"),
    "reviews_due": ("order_ref", "due_on", "status"),
    "reviews_closed": ("order_ref", "closed_on", "answered_by"),
    "changes_determined": ("order_ref", "determined_on", "change", "applicant", "result"),
}  # fmt: skip
_APPLICANTS: Final = {
    "respondent": "respondent", "chief_officer_applied": "police", "person_mentioned": "victim", "applicant": "victim",
    "victim": "victim", "prosecution": "prosecution", "court": "court",
}  # fmt: skip
_ANSWERS: Final = {"given": "view", "standing_wish": "wish"}
# Of each figure: what counts in its numerator, and what in its denominator besides; the rest is told apart.
_FIGURES: Final = {
    "MET09": (("in_time",), ("late", "unserved")),
    "MET10": (("over_3_days",), ("within_3_days",)),
    "MET12": (("complete",), ("incomplete",)),
    "MET13": (("on_time",), ("late", "never")),
    "MET14": (("on_time",), ("late", "missed")),
    "MET15": (("on_time",), ("late", "missed")),
    "MET16": ((), ("view", "reason", "wish")),
    "MET25": (("unreviewed",), ("decided",)),
    "MET26": (("granted",), ("refused",)),
}
_AS_OF: Final = ("MET10", "MET12")
type Row = tuple[str, ...]


class Truth:
    """The tables of truth while they are put together."""

    def __init__(self, world: World) -> None:
        self._last, self._first = world.last_day, since(world)
        self._now = (world.last_day + 1) * A_DAY
        self._rows: dict[str, list[Row]] = {name: [] for name in _COLUMNS}
        self._periods = {"all": self._first, "quarter": self._last - _QUARTER + 1}
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._episodes: set[str] = set()
        self._people: set[str] = set()

    def add(self, held: Watched) -> None:
        """Everything of one order."""
        self._order(held)
        for check in sorted(held.checks, key=lambda one: (one.condition, one.due)):
            self._rows["checks_due"].append((held.ref, str(check.condition), written_day(check.due), check.status))
            self._in(check.due, "MET14", check.status)
        for review in held.reviews_due:
            self._rows["reviews_due"].append((held.ref, written_day(review.due), review.status))
            self._in(review.due, "MET15", review.status)
        for closed in held.reviews:
            answer = _ANSWERS.get(closed.voice, "reason")
            day = closed.closed // A_DAY
            self._rows["reviews_closed"].append((held.ref, written_day(day), answer))
            self._in(day, "MET16", answer)
        for change in held.sought:
            if change.day is not None:
                who = _APPLICANTS[change.applicant]
                self._rows["changes_determined"].append(
                    (held.ref, written_day(change.day), change.change, who, change.result)
                )
                self._in(change.day, "MET26", change.result)
                if change.result == "granted":
                    self._in(change.day, "MET26", f"{change.change}_{who}")

    def _order(self, held: Watched) -> None:
        service, over_three = self._service(held)
        is_active = held.is_live(self._now)
        lacks = sorted(self._lacks(held)) if is_active else []
        notification, last_day = self._notification(held)
        end = self._end(held)
        if is_active:
            self._at("MET11", "orders")
            if held.kind == "ISPO":
                self._at("MET11", "interim")
            if held.served is None:
                self._at("MET11", "unserved")
            self._episodes.add(f"A{held.application}" if held.kind in ("SPO", "ISPO") else held.ref)
            self._people.add(held.respondent)
            self._at("MET12", "complete" if not lacks else "incomplete")
            for one in lacks:
                self._at("MET12", f"lacks_{one}")
        self._rows["orders_watched"].append(
            (
                held.ref, held.kind, service, over_three, "yes" if is_active else "no", ";".join(lacks), notification,
                "" if last_day is None else written_day(last_day), end,
            )
        )  # fmt: skip

    def _service(self, held: Watched) -> tuple[str, str]:
        days = None if held.served is None else held.served - held.made
        service = "unserved" if days is None else ("in_time" if days <= 1 else "late")
        if held.made + 2 <= self._now // A_DAY:
            self._in(held.made, "MET09", service)
        if held.served is not None or not held.is_live(self._now):
            return service, ""
        is_over = self._last + 1 - held.made > 3
        self._at("MET10", "over_3_days" if is_over else "within_3_days")
        return service, "yes" if is_over else "no"

    def _lacks(self, held: Watched) -> Iterator[str]:
        yield from held.lacks_of_respondent
        if held.served is None:
            yield "service"
        if held.managed is None:
            yield "owner"
        if held.kind in ("SPO", "ISPO") and not held.locality:
            yield "locality"
        worded = held.known if held.varied is None else held.varied * A_DAY
        if not any(at >= worded for at in held.entries):
            yield "national_entry"

    def _notification(self, held: Watched) -> tuple[str, int | None]:
        begins = held.made if held.kind == "DAPO" else held.served
        if held.kind not in NOTIFIES or begins is None or held.replaces_served_interim:
            return "no_duty", None
        last_day = begins + 2
        if held.ends is not None and held.ends < (last_day + 1) * A_DAY and held.determined is None:
            return "no_duty", None
        if last_day > self._last:
            return "running", last_day
        told = held.notified
        status = (
            "never" if told is None or not told.counts else ("on_time" if told.at < (last_day + 1) * A_DAY else "late")
        )
        self._in(last_day, "MET13", status)
        return status, last_day

    def _end(self, held: Watched) -> str:
        if held.last_day is None or not held.runs_out or held.last_day > self._last:
            return ""
        decided = ""
        on: int | None = None
        for one in held.reviews:
            if one.decision in DECIDES:
                if on is None:
                    on = one.closed // A_DAY
                    decided = one.decision
            elif decided in ENDS_OR_RELAXES - {"relax"}:
                on, decided = None, ""
        status = "decided" if on is not None and on <= held.last_day - 14 else "unreviewed"
        self._in(held.last_day, "MET25", status)
        return status

    def _in(self, day: int, figure: str, status: str) -> None:
        for name, first in self._periods.items():
            if first <= day <= self._last:
                self._counts[name, figure, status] += 1

    def _at(self, figure: str, status: str) -> None:
        self._counts["as_of", figure, status] += 1

    def write(self, into: Extracts) -> None:
        """The rows, and the figures."""
        for name, columns in _COLUMNS.items():
            into.write(_SYSTEM, name, _blocks(columns, self._rows[name]), columns=columns)
        self._counts["as_of", "MET11", "episodes"] = len(self._episodes)
        self._counts["as_of", "MET11", "persons"] = len(self._people)
        for period in (*self._periods, "as_of"):
            for figure, (counted, others) in _FIGURES.items():
                if (period == "as_of") == (figure in _AS_OF):
                    self._sum(period, figure, "numerator", counted)
                    self._sum(period, figure, "denominator", (*counted, *others))
        listed: list[Row] = [(*name, str(number)) for name, number in sorted(self._counts.items())]
        listed += [("as_of", "", "last_day", written_day(self._last))]
        listed += [(period, "", "first_day", written_day(first)) for period, first in self._periods.items()]
        columns = ("period", "figure", "name", "number")
        into.write(_SYSTEM, "order_figures", _blocks(columns, listed), columns=columns)

    def _sum(self, period: str, figure: str, name: str, statuses: tuple[str, ...]) -> None:
        self._counts[period, figure, name] = sum(self._counts[period, figure, one] for one in statuses)


def _blocks(columns: tuple[str, ...], rows: list[Row]) -> list[Block]:
    return [Block(dict(zip(columns, map(words, zip(*rows, strict=True)), strict=True)))] if rows else []
