"""Requests about people's own data as they stand: where each is, and the days it has (SEC-11)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.rights_requests.models import RightsRequest, RightsStep
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
    return RightsRequest.objects.filter(force=by.force).prefetch_related(Prefetch("steps", queryset=steps))


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
