"""Requests about people's own data as they stand: where each is, and the days it has (SEC-11)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.later import Later
from craffu.access.models import User
from craffu.access.rights_requests.kinds import ENDINGS, TAKES_EFFECT, Decided, Ending, Kind
from craffu.access.rights_requests.models import RightsEnding, RightsRequest, RightsStep
from craffu.access.rights_requests.rules import Checked, Clock, Release, clock, release
from craffu.access.rights_requests.states import OVER, RightsStatus


@dataclass(frozen=True, slots=True)
class Standing:
    """A request with its steps in order: the last says where it stands."""

    request: RightsRequest
    steps: tuple[RightsStep, ...]

    @property
    def status(self) -> RightsStatus:
        return RightsStatus(self.steps[-1].status)

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    def last(self, status: RightsStatus) -> RightsStep | None:
        """The last step of a kind, if there is one."""
        return next((step for step in reversed(self.steps) if step.status == status), None)

    @property
    def preparer(self) -> User | None:
        prepared = self.last(RightsStatus.PREPARED)
        return prepared.by if prepared else None

    @property
    def text_digest(self) -> str:
        """Of the text that was prepared last; empty where none is, or where it was before texts were held against one another."""
        prepared = self.last(RightsStatus.PREPARED)
        return prepared.text_digest if prepared else ""

    @property
    def prepared_decision(self) -> Decided | None:
        """What was prepared last decides; None of access, and of one that was prepared before decisions were recorded."""
        prepared = self.last(RightsStatus.PREPARED)
        return Decided(prepared.decided) if prepared and prepared.decided else None

    @property
    def decided(self) -> Decided | None:
        """What the answer that was sent decided."""
        answered = self.last(RightsStatus.ANSWERED)
        return Decided(answered.decided) if answered and answered.decided else None

    @property
    def ending(self) -> RightsEnding | None:
        """How what was decided ended, where it did."""
        return getattr(self.request, "ending", None)

    @property
    def takes_effect(self) -> bool:
        """Whether its answer agreed to something, in whole or in part."""
        return self.decided in TAKES_EFFECT

    @property
    def may_end(self) -> tuple[Ending, ...]:
        """What may be said of it once: nothing where nothing was agreed, or where it is over."""
        return ENDINGS[self.request.kind] if self.takes_effect and self.ending is None else ()

    def clock(self, today: date) -> Clock:
        """Its days, as they are on a day in London."""
        identified, answered = self.last(RightsStatus.IDENTIFIED), self.last(RightsStatus.ANSWERED)
        return clock(
            self.request.received_on,
            today,
            identity_confirmed_on=identified.on if identified else None,
            answered_on=answered.on if answered else None,
        )

    def release(self) -> Release:
        """Whether its answer may leave: what its last preparer checked, and who approved that since."""
        prepared = self.last(RightsStatus.PREPARED)
        approved = self.steps[-1] if self.status is RightsStatus.APPROVED else None
        return release(
            _checked(prepared),
            prepared_by=prepared.by.username if prepared else "",
            approved_by=approved.by.username if approved else "",
        )


def _checked(step: RightsStep | None) -> Checked:
    """What a preparer said; where nothing is prepared, nothing was done."""
    return Checked(
        third_parties_redacted=bool(step and step.third_parties_redacted),
        victim_scan_clean=bool(step and step.victim_scan_clean),
        neither_confirm_nor_deny_asked=bool(step and step.neither_confirm_nor_deny_asked),
        privileged_included=bool(step and step.privileged_included),
    )


def _requests(by: Acting) -> QuerySet[RightsRequest]:
    steps = RightsStep.objects.select_related("by").order_by("number")
    rows = RightsRequest.objects.filter(force=by.force).select_related("ending", "ending__by")
    return rows.prefetch_related(Prefetch("steps", queryset=steps))


def _standing(request: RightsRequest) -> Standing:
    return Standing(request, tuple(request.steps.all()))


def requests_open(by: Acting, today: date) -> list[Standing]:
    """Those that are neither answered nor withdrawn, the first due first. Two queries."""
    over = RightsStep.objects.filter(request=OuterRef("pk"), status__in=[str(one) for one in OVER])
    found = [_standing(one) for one in _requests(by).filter(~Exists(over))]
    return sorted(found, key=lambda one: (one.clock(today).due_day, one.request.pk))


def requests_over(by: Acting, most: int) -> list[Standing]:
    """The latest that were answered or withdrawn. Two queries."""
    over = RightsStep.objects.filter(request=OuterRef("pk"), status__in=[str(one) for one in OVER])
    return [_standing(one) for one in _requests(by).filter(Exists(over)).order_by("-id")[:most]]


def find_request(by: Acting, number: str) -> Standing | None:
    """One of the reader's force, by its number."""
    found = _requests(by).filter(number=number).first()
    return _standing(found) if found else None


def requests_called(by: Acting, numbers: Collection[str]) -> list[Standing]:
    """Those of the reader's force by these numbers. Two queries."""
    return [_standing(one) for one in _requests(by).filter(number__in=sorted(numbers)).order_by("id")]


def requests_that_decided(by: Acting) -> list[str]:
    """The numbers of those whose answer decided something. One query."""
    rows = RightsStep.objects.filter(force=by.force, status=RightsStatus.ANSWERED.value).exclude(decided="")
    return list(rows.order_by("request_id").values_list("request__number", flat=True))


@dataclass(frozen=True, slots=True)
class UseRestricted:
    """A restriction of the use of somebody's data that stands: of which request, about whom, asked when, since which day.

    `said_at` is the instant at which the request was recorded: of whose records it was said by then.
    """

    number: str
    person: str
    said_at: datetime
    since: date


def restrictions_of_use(by: Acting) -> Later[list[UseRestricted]]:
    """Those that were agreed, in whole or in part, and not lifted, the first first. One query, to be asked with others."""
    return Later(lambda found: [UseRestricted(*one) for one in found], _restrictions.later(by.force.pk))


@prepared
def _restrictions(force: int) -> QuerySet[RightsStep, Any]:
    first = RightsStep.objects.filter(request=OuterRef("request"), number=1).values("at")
    rows = RightsStep.objects.filter(
        force=force, status=RightsStatus.ANSWERED.value, decided__in=[str(one) for one in TAKES_EFFECT],
        request__kind=Kind.RESTRICTION.value, request__ending=None,
    )  # fmt: skip
    return rows.order_by("id").values_list("request__number", "request__person", Subquery(first), "on")
