"""A deep dive as the commissioner's office carries one out: question, plan, people, a finding and a claim with its evidence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.edits import version_of
from craffu.published.periods import year_ending
from craffu.scrutiny.claiming.actions import attach, write_claim, write_finding
from craffu.scrutiny.claiming.facts import Cause, NewClaim, NewEvidence, NewFinding
from craffu.scrutiny.claiming.kinds import ClaimKind, Evidence
from craffu.scrutiny.claiming.queries import claims_of, findings_of
from craffu.scrutiny.deep_dives.actions import name_person, open_dive, plan, recommend
from craffu.scrutiny.deep_dives.facts import NewDive, NewPerson, NewPlan, NewRecommended
from craffu.scrutiny.deep_dives.kinds import Method
from craffu.scrutiny.deep_dives.queries import find_dive
from craffu.scrutiny.interviewing.kinds import ReviewQuestion
from craffu.scrutiny.models import DeepDive, DiveClaim, DiveEvidence
from craffu.scrutiny.publishing.actions import publish, record_reply, send_draft
from craffu.scrutiny.publishing.facts import NewReply
from craffu.scrutiny.publishing.queries import hash_of
from craffu.scrutiny.recommending.kinds import Matter
from tests.factories.published import figure, record
from tests.factories.recommended import recommended

DIVE = NewDive(
    "Managing those who stalk", "Rheoli’r rhai sy’n stelcio", "Are perpetrators of stalking effectively managed?",
    "A yw cyflawnwyr stelcio yn cael eu rheoli’n effeithiol?", "Orders, victims and prosecutions in the year",
    "Gorchmynion, dioddefwyr ac erlyniadau yn y flwyddyn", date(2021, 4, 1), date(2022, 3, 31),
)  # fmt: skip
SERIES = "recorded-crime-rolling"
MEASURE = "Stalking and harassment"
CRIMES = NewEvidence(
    Evidence.PUBLISHED, "Stalking and harassment recorded in 2021/22", "Stelcio ac aflonyddu a gofnodwyd yn 2021/22",
    f"{SERIES}@63", MEASURE, "2022-03 year ending",
)  # fmt: skip
FINDING = NewFinding(None, ReviewQuestion.JUSTICE, "Recorded crime rose.", "Cynyddodd troseddau a gofnodwyd.")
RISE = NewClaim(
    None,
    1,
    ClaimKind.COUNT,
    "In the year 10,199 crimes were recorded.",
    "Yn y flwyddyn cofnodwyd 10,199 o droseddau.",
    1,
)
# The review's own: a priority of April 2022, given for what was counted from April 2021 to March 2022.
SLIP = Cause("The Chief Constable’s priority", "Blaenoriaeth y Prif Gwnstabl", date(2022, 4, 1))
RECOMMENDED = NewRecommended(
    None, Matter.DATA, "Count orders in one place.", "Cyfrif gorchmynion mewn un lle.", "MET11"
)


TEXT = {"en": [{"kind": "paragraph", "words": "Said", "is_strong": False}],
        "cy": [{"kind": "paragraph", "words": "Dywedwyd", "is_strong": False}]}  # fmt: skip


def crimes_published(by: Acting) -> None:
    """The figures of the review, as they were published (requirements 1.2)."""
    rows = [
        figure(MEASURE, "Dyfed-Powys Police", year_ending(2021, 3), 6752),
        figure(MEASURE, "Dyfed-Powys Police", year_ending(2022, 3), 10199, line=3),
    ]
    record(by, SERIES, rows)


def evidence(by: Acting, dive: str, given: NewEvidence = CRIMES, **said: Any) -> DiveEvidence:
    return attach(by=by, dive=dive, given=replace(given, **said))


def claimed(by: Acting, dive: str, given: NewClaim) -> DiveClaim:
    """A claim written, or mended from the words that stand."""
    standing = next((one for one in claims_of(by, row_of(by, dive)) if one.number == given.number), None)
    return write_claim(by=by, dive=dive, given=given, seen=version_of(standing.pk) if standing else "")


def finding_seen(by: Acting, dive: str, number: int) -> str:
    """The version of a finding as its page shows it now."""
    return next(version_of(one.pk) for one in findings_of(by, row_of(by, dive)) if one.number == number)


def row_of(by: Acting, dive: str) -> DeepDive:
    found = find_dive(by, dive)
    assert found is not None
    return found.row


def begun(by: Acting, system: Acting, *, are_published: bool = False) -> DeepDive:
    """DD-10001 where there was none: one finding, and one claim that holds. `are_published`: the figures are in already."""
    if not are_published:
        crimes_published(system)
    dive = open_dive(by=by, given=DIVE)
    at = dive.reference
    plan(by=by, dive=at, given=NewPlan(Method.PROFILES, "Published figures of five years", date(2026, 3, 1), False))
    assert by.user is not None
    name_person(by=by, dive=at, given=NewPerson(by.user.username, "Leads it", False))
    evidence(by, at)
    write_finding(by=by, dive=at, given=FINDING)
    write_claim(by=by, dive=at, given=RISE)
    recommend(by=by, dive=at, given=RECOMMENDED)
    return dive


def answered_by_force(by: Acting, dive: str, corrections: Sequence[str] = ("10,199 is of the sub-group",)) -> None:
    """Its draft went to the force, and the force replied the same day."""
    send_draft(by=by, dive=dive, made=lambda _held: TEXT, seen=hash_of(TEXT))
    reply = NewReply(day_of(clock.now()), "Deputy Chief Constable", "We thank the office.", corrections)
    record_reply(by=by, dive=dive, given=reply)


def published(by: Acting, dive: str) -> None:
    answered_by_force(by, dive, ())
    publish(by=by, dive=dive, made=lambda _held: TEXT, seen=hash_of(TEXT))


def recommended_and_found(by: Acting, system: Acting) -> None:
    """The register of recommendations; a deep dive that is published, and one of which the force has said what is wrong in it."""
    recommended(by)
    published(by, begun(by, system).reference)
    answered_by_force(by, begun(by, system, are_published=True).reference)
