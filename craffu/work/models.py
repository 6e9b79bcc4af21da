"""Due work as it stands, each step it took, who is away and who covers, and what is asked again when (MON-04).

An item is what a package answered; who has it and what was told of it is kept here. Steps and absences are only added to.
"""

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.access.scoping import RestrictedWith, Scoped, ScopedHistory
from craffu.clocks.london import day_of
from craffu.common.fates import Kept, clock, internal, plain
from craffu.work.rules import ONCE, Consequence, How, Taken, Why
from craffu.work.states import ItemState

CASE = Kept.WITH_CASE


def _one_of(name: str, values: object) -> Q:
    return Q(**{f"{name}__in": [str(one) for one in values]})  # type: ignore[attr-defined]


class Watch(Scoped):
    """A subject that a source answers for: when it was last asked, when it is to be asked again, if ever, and what comes then."""

    restricted_with = "A row number and instants of our own clock, read by the clock alone."

    source = models.CharField(max_length=40)
    subject = models.CharField(max_length=40)
    wakes_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    # What was answered and is not raised yet, as `craffu.work.ahead` writes it.
    ahead = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["force", "source", "subject"], name="work_watch_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["force", "source", "wakes_at"], condition=Q(wakes_at__isnull=False), name="work_watch_wakes"
            )
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "source": plain(CASE),
            "subject": internal(CASE),
            "wakes_at": clock(CASE),
            "settled_at": clock(CASE),
            "ahead": internal(CASE),
        }

    def __str__(self) -> str:
        return f"{self.source} {self.subject}"


class WorkItem(Scoped):
    """One thing that somebody has to do, or had: what, why, by when, whose, and what if not.

    `said_owner` is whose its source says it is, `owner` who has it. `rank` is the place of the consequence, the worst first.
    `missed_from` is since when it counts as missed, whatever became of it later.
    """

    restricted_with = RestrictedWith("case", "of_case")

    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    about_kind = models.CharField(max_length=20)
    about = models.CharField(max_length=20)
    of_case = models.CharField(max_length=20, blank=True)
    # Every case it would betray, each between spaces: it is shown to nobody for whom any of them is restricted.
    cases = models.TextField(blank=True, default="")
    queue = models.CharField(max_length=30)
    why = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    # The rule by which it is due; empty for what was raised before rules were kept.
    rule = models.CharField(max_length=10, blank=True, default="")
    what_if_not = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField()
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    overdue_from = models.DateTimeField()
    foreseen_at = models.DateTimeField()
    said_owner = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, default=ItemState.OPEN)
    over_at = models.DateTimeField(null=True)
    missed_from = models.DateTimeField(null=True)
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "kind", "key"], name="work_item_once"),
            models.CheckConstraint(condition=_one_of("state", ItemState), name="work_item_state"),
            models.CheckConstraint(
                condition=Q(state=ItemState.OPEN, over_at=None) | (~Q(state=ItemState.OPEN) & Q(over_at__isnull=False)),
                name="work_item_is_over_or_open",
            ),
            models.CheckConstraint(condition=_one_of("what_if_not", Consequence), name="work_item_consequence"),
            models.CheckConstraint(
                condition=Q(foreseen_at__lte=F("overdue_from"), due_at__lte=F("overdue_from")),
                name="work_item_is_foreseen",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["force", "queue", "rank", "overdue_from", "id"],
                condition=Q(state="open"),
                name="work_item_queue",
            ),
            # Whose a queue's work is, and how late, is counted from this alone: there may be a hundred thousand (ADR 114).
            models.Index(
                fields=["force", "queue", "owner", "overdue_from", "foreseen_at"],
                condition=Q(state="open"),
                name="work_item_whose",
            ),
            models.Index(fields=["owner", "overdue_from"], condition=Q(state="open"), name="work_item_mine"),
            models.Index(fields=["force", "overdue_from"], condition=Q(state="open"), name="work_item_late"),
            models.Index(fields=["force", "about_kind"], condition=Q(state="open"), name="work_item_about"),
            models.Index(fields=["force", "of_case"], name="work_item_of_case"),
            models.Index(fields=["force", "queue", "raised_at"], name="work_item_raised"),
            models.Index(fields=["force", "queue", "over_at"], name="work_item_over"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "watch": internal(CASE),
            "kind": plain(CASE),
            "key": internal(CASE),
            "about_kind": plain(CASE),
            "about": internal(CASE),
            "of_case": internal(CASE),
            "cases": internal(CASE),
            "queue": plain(CASE),
            "why": plain(CASE),
            "facts": plain(CASE),
            "rule": plain(CASE),
            "what_if_not": plain(CASE),
            "rank": plain(CASE),
            "raised_at": plain(CASE),
            "due_at": plain(CASE),
            "overdue_from": plain(CASE),
            "foreseen_at": plain(CASE),
            "said_owner": plain(CASE),
            "owner": plain(CASE),
            "state": plain(CASE),
            "over_at": plain(CASE),
            "missed_from": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def refs(self) -> tuple[str, ...]:
        """The record it is about, as the log names it. A victim is a person too, and is asked about as one."""
        own = f"{self.about_kind}/{self.about}"
        return (own, f"person/{self.about}") if self.about_kind == "victim" else (own,)

    @property
    def last_day(self) -> date:
        """The last day in London on which it is in time."""
        return day_of(self.overdue_from - datetime.resolution)

    @property
    def how(self) -> How | None:
        """How it came to an end, None while it is open."""
        return None if self.state == ItemState.OPEN else How(self.state)


class WorkStep(ScopedHistory):
    """A step that an item took. `true_from` is since when it holds, `known_from` when it was written; `to` is who has it since.

    What tells somebody, and what raises an item, is there once however often the clock runs (MON-04).
    """

    restricted_with = RestrictedWith("case", "item__of_case")

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    true_from = models.DateTimeField()
    known_from = models.DateTimeField()
    by = models.CharField(max_length=60)
    to = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering: ClassVar = ["item", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "step"], condition=_one_of("step", ONCE), name="work_step_once"),
            models.CheckConstraint(condition=_one_of("step", Taken), name="work_step_is_known"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "item": plain(CASE),
            "step": plain(CASE),
            "true_from": plain(CASE),
            "known_from": clock(CASE),
            "by": plain(CASE),
            "to": plain(CASE),
            "reason": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.step} of {self.item_id}"


class Absence(ScopedHistory):
    """That somebody is away from one day to another, both included, and who covers. The last row about a day says."""

    restricted_with = "It is about a colleague and names no record."

    who = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    cover = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=20)
    recorded_by = models.CharField(max_length=60)
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["force", "last"], name="work_absence_last")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="work_absence_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(cover=None) | ~Q(cover=F("who")), name="work_absence_covered_by_another"
            ),
            models.CheckConstraint(condition=_one_of("why", Why), name="work_absence_why"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "force": plain(Kept.WITH_ACCOUNT),
            "who": plain(Kept.WITH_ACCOUNT),
            "first": plain(Kept.WITH_ACCOUNT),
            "last": plain(Kept.WITH_ACCOUNT),
            "cover": plain(Kept.WITH_ACCOUNT),
            "why": plain(Kept.WITH_ACCOUNT),
            "recorded_by": plain(Kept.WITH_ACCOUNT),
            "known_from": clock(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"{self.who_id} away {self.first} to {self.last}"


class CalendarChange(ScopedHistory):
    """That somebody began a calendar of their due work, or ended it: the last row says. What opens it is kept as a digest."""

    restricted_with = "It is about a colleague and names no record."

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "force": plain(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "digest": internal(Kept.WITH_ACCOUNT),
            "known_from": clock(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"calendar of {self.user_id} {'begun' if self.digest else 'ended'} {self.known_from:%Y-%m-%d}"
