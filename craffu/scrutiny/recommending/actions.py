"""The only writes of recommendations: a report, what it recommends, and what is said of each, which is only added to (SCR-10)."""

from dataclasses import replace
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.outbox.actions import tell
from craffu.scrutiny.leaving.policies import check_tells_no_contact
from craffu.scrutiny.leaving.queries import contacts_in
from craffu.scrutiny.models import Recommendation, RecommendationEntry, ScrutinyReport
from craffu.scrutiny.recommending import events
from craffu.scrutiny.recommending.facts import NewEntry, NewRecommendation, NewReport, Shipped
from craffu.scrutiny.recommending.permissions import check_can_keep, check_can_say, keeps
from craffu.scrutiny.recommending.policies import (
    check_days,
    check_in_both_languages,
    check_measure,
    check_not_held,
    check_number_is_new,
    check_published,
    check_version,
    check_whole,
)
from craffu.scrutiny.recommending.queries import figure_to_keep, find_recommendation, find_report
from craffu.scrutiny.topics import RECOMMENDATIONS


def _log(by: Acting, kind: EventKind, *refs: str, at: datetime) -> None:
    audit.record(kind=kind, actor=by.actor, refs=refs, request=by.request, now=at)


@action
def record_report(*, by: Acting, given: NewReport, now: datetime | None = None) -> ScrutinyReport:
    """Record a published report. The same one is kept once."""
    return _recorded(by, given, "", now or clock.now())


def _recorded(by: Acting, given: NewReport, key: str, at: datetime) -> ScrutinyReport:
    user = check_can_keep(by)
    check_published(given.published_on, day_of(at))
    check_in_both_languages((given.title_en, given.title_cy))
    said = {
        "report_by": given.by.value, "title_en": given.title_en.strip(), "title_cy": given.title_cy.strip(),
        "published_on": given.published_on, "source": given.source.strip(),
    }  # fmt: skip
    lock_until_commit("scrutiny-reports", by.force.code)
    held: ScrutinyReport | None = ScrutinyReport.objects.for_user(by).filter(**said).first()
    if held is not None:
        return held
    row: ScrutinyReport = ScrutinyReport.objects.create(
        force=by.force, reference=next_reference(kind=f"scrutiny-report/{by.force.code}", prefix="RP"), key=key, by=user,
        known_from=at, **said,
    )  # fmt: skip
    _log(by, events.REPORT_RECORDED, f"scrutiny_report/{row.reference}", at=at)
    return row


@action
def record_recommendation(
    *, by: Acting, report: str, given: NewRecommendation, now: datetime | None = None
) -> Recommendation:
    """Record what a report recommends, under the number it has there. Raises Conflict where the number is taken."""
    check_can_keep(by)
    lock_until_commit("scrutiny-report", by.force.code, report)
    return _recommended(by, check_is_there(find_report(by, report)), given, now or clock.now())


def _recommended(by: Acting, report: ScrutinyReport, given: NewRecommendation, at: datetime) -> Recommendation:
    check_in_both_languages((given.text_en, given.text_cy))
    check_measure(given.measure)
    check_tells_no_contact(contacts_in(by, "\n".join((given.text_en, given.text_cy, given.target))))
    held = {one.number: one for one in Recommendation.objects.for_user(by).filter(report=report)}
    check_number_is_new(given.number.strip(), held)
    part_of = check_is_there(held.get(given.part_of)) if given.part_of else None
    row: Recommendation = Recommendation.objects.create(
        force=by.force, reference=next_reference(kind=f"recommendation/{by.force.code}", prefix="RC"), report=report,
        number=given.number.strip(), part_of=part_of, matter=given.matter.value, text_en=given.text_en.strip(),
        text_cy=given.text_cy.strip(), measure=given.measure.strip(), target=given.target.strip(), by=check_can_keep(by),
        known_from=at,
    )  # fmt: skip
    tell(force=by.force.code, topic=RECOMMENDATIONS, subjects=[row.pk], at=at)
    refs = (f"scrutiny_report/{report.reference}", f"recommendation/{row.reference}")
    _log(by, events.RECOMMENDATION_RECORDED, *refs, at=at)
    return row


@action
def bring_in(*, by: Acting, shipped: Shipped, now: datetime | None = None) -> ScrutinyReport:
    """Take up a report that comes with Craffu, with all that it recommends. Raises Conflict where it is in the register."""
    at = now or clock.now()
    check_can_keep(by)
    lock_until_commit("scrutiny-reports", by.force.code)
    check_not_held(is_held=ScrutinyReport.objects.for_user(by).filter(key=shipped.key).exists())
    report = _recorded(by, shipped.report, shipped.key, at)
    for one in shipped.recommendations:
        _recommended(by, report, one, at)
    return report


@action
def add_entry(*, by: Acting, recommendation: str, given: NewEntry, now: datetime | None = None) -> RecommendationEntry:
    """Say how a recommendation stands from a day on. Nothing that was said before is changed.

    Raises NotPermitted, NotNow where something is lacking, and Conflict where somebody else has added to it.
    """
    at = now or clock.now()
    lock_until_commit("recommendation", by.force.code, recommendation)
    found = check_is_there(find_recommendation(by, recommendation))
    user = check_can_say(by, found.owned_by, is_how_it_goes=given.entry.status is found.status)
    check_version(given, found.entries)
    owned_by = _account(by, given.owned_by)
    if not keeps(by):
        # Whoever says how theirs goes gives it to nobody else.
        given, owned_by = replace(given, entry=replace(given.entry, owner=found.owner)), found.owned_by
    check_in_both_languages((given.public_en, given.public_cy))
    check_tells_no_contact(contacts_in(by, "\n".join((given.public_en, given.public_cy))))
    check_days(given, day_of(at))
    check_whole(given, found.status, found.row.measure)
    said = given.entry
    row: RecommendationEntry = RecommendationEntry.objects.create(
        force=by.force, recommendation=found.row, status=said.status.value, said_on=given.said_on,
        reason=said.reason.strip(), owner=said.owner.strip(), owned_by=owned_by, due_on=said.due_on,
        evidence=said.evidence.strip(), metric_met=said.metric_met, exception=given.exception.strip(),
        public_en=given.public_en.strip(), public_cy=given.public_cy.strip(), figure=figure_to_keep(by, found.row.measure),
        by=user, known_from=at,
    )  # fmt: skip
    tell(force=by.force.code, topic=RECOMMENDATIONS, subjects=[found.row.pk], at=at)
    _log(by, events.RECOMMENDATION_ANSWERED, f"recommendation/{recommendation}", at=at)
    return row


def _account(by: Acting, username: str) -> User | None:
    """Whose account has it to do. Raises NotThere where nobody of the force has that name."""
    if not username.strip():
        return None
    found: User | None = User.objects.filter(force=by.force, username=username.strip(), is_active=True).first()
    return check_is_there(found)
