"""A deep dive from its question to its publication: evidence worked out, claims that hold it, the force's say (SCR-12)."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import time_machine as time_travel
from docx import Document

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.common import clock
from craffu.common.edits import version_of
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal
from craffu.config import cli
from craffu.daily.ticking import tick
from craffu.measures.places import folder_of
from craffu.orders.facts import Given as OrderGiven
from craffu.orders.life.actions import move_order
from craffu.published.periods import year_ending
from craffu.scrutiny.agreeing.actions import adjudicate
from craffu.scrutiny.asking.rules import Given
from craffu.scrutiny.claiming import actions as attaching
from craffu.scrutiny.claiming.actions import keep_check, write_claim, write_finding
from craffu.scrutiny.claiming.facts import Cause, NewEvidence
from craffu.scrutiny.claiming.kinds import ClaimKind, Evidence
from craffu.scrutiny.claiming.queries import claims_of, finding_versions_of, found_of, versions_of
from craffu.scrutiny.claiming.rules import Doubt, Stands, Why
from craffu.scrutiny.claiming.sampled import results_of
from craffu.scrutiny.deep_dives.actions import name_person, open_dive, plan, recommend, stop
from craffu.scrutiny.deep_dives.facts import NewPerson, NewPlan
from craffu.scrutiny.deep_dives.kinds import Method
from craffu.scrutiny.deep_dives.queries import find_dive
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.interviewing.actions import withdraw_consent
from craffu.scrutiny.interviewing.kinds import Use
from craffu.scrutiny.models import DeepDive, DiveClaim, DiveEvidence, DiveStep, Quote, Recommendation
from craffu.scrutiny.publishing.actions import answer_correction, publish, record_reply, send_draft, take_back
from craffu.scrutiny.publishing.facts import NewAnswer, NewReply
from craffu.scrutiny.publishing.queries import hash_of
from craffu.scrutiny.reviewing.facts import NewAdjudication
from craffu.web.deep_dives.presenters import checks, evidence_table
from craffu.web.deep_dives.report import samples_in, text_of
from craffu.work.models import WorkItem
from tests.factories.deep_dives import (
    DIVE,
    FINDING,
    MEASURE,
    RECOMMENDED,
    RISE,
    SERIES,
    SLIP,
    begun,
    claimed,
    evidence,
    finding_seen,
    row_of,
)
from tests.factories.interviews import answered
from tests.factories.kept_figures import figures_kept, kept_of
from tests.factories.orders import order_of, parties, scanned
from tests.factories.published import figure, record
from tests.factories.samples import NOT_HEARD, drawn, reviews_of, some_cases, submitted
from tests.factories.victims import send_victim

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep, pytest.mark.rule("SCR-09")]

NOW = datetime(2026, 1, 14, 18, tzinfo=UTC)
TEXT = {"en": [{"kind": "paragraph", "words": "Said"}], "cy": [{"kind": "paragraph", "words": "Dywedwyd"}]}
SEEN = hash_of(TEXT)


def told(_held: object) -> Any:
    return TEXT


@pytest.fixture
def officer(acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller) -> Acting:
    frozen_clock.move_to(NOW)
    return acting_as("scrutiny_officer", username="so")


@pytest.fixture
def dive(officer: Acting, system: Acting) -> str:
    return begun(officer, system).reference


def only_claim(by: Acting, dive: str) -> Any:
    row = DeepDive.objects.for_user(by).get(reference=dive)
    [one] = found_of(by, row, NOW).claims
    return one


def status_of(by: Acting, dive: str) -> DiveStatus:
    found = find_dive(by, dive)
    assert found is not None
    return found.status


@pytest.mark.rule("MSR-07")
def test_the_reviews_own_slip_is_caught(officer: Acting, dive: str) -> None:
    assert only_claim(officer, dive).stands is Stands.HOLDS
    claimed(officer, dive, replace(RISE, number=1, causes=[SLIP]))
    one = only_claim(officer, dive)
    assert (one.stands, one.doubts) == (Stands.CONTRADICTED, ((Doubt.CAUSE_AFTER, SLIP.text_en),))
    with pytest.raises(NotNow, match=r"These claims do not hold: 1\."):
        send_draft(by=officer, dive=dive, made=told, seen=SEEN)
    within = Cause(SLIP.text_en, SLIP.text_cy, date(2021, 4, 1))
    claimed(officer, dive, replace(RISE, number=1, causes=[within]))
    assert only_claim(officer, dive).stands is Stands.HOLDS
    row = DeepDive.objects.for_user(officer).get(reference=dive)
    assert [len(one.causes) for one in versions_of(officer, row, 1)] == [1, 1, 0], "nothing that was said is lost"


def test_a_published_figure_that_was_corrected_no_longer_reproduces(officer: Acting, system: Acting, dive: str) -> None:
    record(system, SERIES, [figure(MEASURE, "Dyfed-Powys Police", year_ending(2022, 3), 10150)], sha256="b" * 64)
    one = only_claim(officer, dive)
    assert (one.stands, one.refusals) == (Stands.NOT_REPRODUCED, ((Why.DOES_NOT_REPRODUCE, ""),))
    assert (one.evidence.row.value, one.evidence.newer.value) == (10199.0, 10150.0)


def test_what_must_be_said_beside_a_claim(officer: Acting, system: Acting, dive: str) -> None:
    evidence(officer, dive, period="2021-03 year ending")
    document = NewEvidence(Evidence.DOCUMENT, "Minutes of the Board", "Cofnodion y Bwrdd", "Board, 3 May 2022, item 4")
    evidence(officer, dive, document)
    claimed(officer, dive, replace(RISE, number=1, beside=2, bears_out=[2], against=[3]))
    one = only_claim(officer, dive)
    assert (one.stands, one.doubts) == (Stands.CONTRADICTED, ((Doubt.METHODS_CONTRADICT, "E3"),))
    record(system, SERIES, [figure("Stalking", "Dyfed-Powys Police", year_ending(2022, 3), 1286)])
    evidence(officer, dive, part="Stalking")
    claimed(officer, dive, replace(RISE, number=1, beside=4))
    assert [doubt for doubt, _ in only_claim(officer, dive).doubts] == [Doubt.DIFFERENT_DEFINITIONS]
    both = replace(RISE, number=1, kind=ClaimKind.JUDGEMENT, evidence=3, bears_out=[1], against=[2])
    claimed(officer, dive, both)
    assert only_claim(officer, dive).stands is Stands.HOLDS, (
        "what the commissioner makes of both may say that they differ"
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text_cy": ""}, "sentence_too_short"),
        ({"kind": ClaimKind.QUOTE}, "evidence_other_kind"),
        ({"evidence": 2}, "evidence_other_kind"),
        ({"beside": 1}, "beside_itself"),
        ({"kind": ClaimKind.JUDGEMENT, "beside": 1}, "beside_itself"),
        ({"bears_out": [1, 2], "against": [2]}, "both_sides"),
        ({"causes": [Cause("A priority", "", date(2021, 5, 1))]}, "one_language"),
    ],
)
def test_a_claim_that_is_none_is_refused(officer: Acting, dive: str, changes: dict[str, Any], code: str) -> None:
    evidence(officer, dive, NewEvidence(Evidence.DOCUMENT, "Minutes", "Cofnodion", "Board, 3 May 2022"))
    with pytest.raises(NotNow) as refused:
        claimed(officer, dive, replace(RISE, **changes))
    assert refused.value.code == code
    for wrong in ({"evidence": 9}, {"finding": 9}, {"number": 9}, {"against": [9]}, {"beside": 9}):
        with pytest.raises(NotPermitted):
            claimed(officer, dive, replace(RISE, **wrong))
    assert DiveClaim.objects.for_user(officer).count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title_cy": " "}, "one_language"),
        ({"period": "last year"}, "no_period"),
        ({"period": "2020-03 year ending"}, "no_source"),
        ({"kind": Evidence.MEASURE, "source": "MET05", "part": "granted"}, "no_figures"),
        ({"kind": Evidence.SAMPLE, "source": "SM-99999", "part": "DS-C9"}, "no_source"),
        ({"kind": Evidence.QUOTE, "source": "1"}, "no_source"),
        ({"kind": Evidence.RECOMMENDATION, "source": "RC-99999"}, "no_source"),
        ({"kind": Evidence.DOCUMENT, "source": " "}, "no_source"),
        ({"kind": Evidence.DOCUMENT, "sha256": "abc"}, "bad_hash"),
    ],
)
def test_evidence_that_there_is_none_of_is_refused(
    officer: Acting, dive: str, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(NotNow) as refused:
        evidence(officer, dive, **changes)
    assert refused.value.code == code
    assert DiveEvidence.objects.for_user(officer).count() == 1


def test_who_works_in_one_and_when(
    officer: Acting, dive: str, acting_as: Callable[..., Acting], system: Acting
) -> None:
    both = acting_as("scrutiny_officer", "investigator", username="both")
    for somebody in (both, system, acting_as("commissioner_view", username="pcc")):
        with pytest.raises(NotPermitted):
            open_dive(by=somebody, given=DIVE)
        with pytest.raises(NotPermitted):
            write_finding(by=somebody, dive=dive, given=FINDING)
    analyst = acting_as("analyst", username="an")
    with pytest.raises(NotPermitted):
        open_dive(by=analyst, given=DIVE)
    first = find_dive(analyst, dive)
    mended = replace(RECOMMENDED, number=1, text_en="Count orders once.")
    recommend(by=analyst, dive=dive, given=mended, seen=first.recommended_version)
    plan(by=analyst, dive=dive, given=NewPlan(Method.PROFILES, "Published figures, done", date(2026, 3, 1), True))
    name_person(by=analyst, dive=dive, given=NewPerson("an", "Counts", True, "Worked for the force"))
    found = find_dive(analyst, dive)
    assert found is not None
    assert [one.text_en for one in found.recommended] == ["Count orders once."]
    assert [one.is_done for one in found.planned] == [True]
    assert [(one.person.username, one.has_interest) for one in found.people] == [("so", False), ("an", True)]
    for code, act in {
        "days_backwards": lambda: open_dive(by=officer, given=replace(DIVE, first=date(2023, 1, 1))),
        "words_too_short": lambda: plan(
            by=officer, dive=dive, given=NewPlan(Method.ORDERS, "All", date(2026, 3, 1), False)
        ),
        "interest_unsaid": lambda: name_person(by=officer, dive=dive, given=NewPerson("an", "Counts", True, "Yes")),
    }.items():
        with pytest.raises(NotNow) as refused:
            act()
        assert refused.value.code == code
    stop(by=officer, dive=dive, reason="Another body looks at the same")
    for act in (
        lambda: write_finding(by=officer, dive=dive, given=FINDING),
        lambda: send_draft(by=officer, dive=dive, made=told, seen=SEEN),
    ):
        with pytest.raises(NotNow):
            act()


def test_T30_of_two_who_mend_the_same_words_the_second_is_told(
    officer: Acting, dive: str, acting_as: Callable[..., Acting]
) -> None:
    """A finding, a claim and what is recommended; a number that there is none of is none all the same."""
    other, row = acting_as("scrutiny_officer", username="other"), row_of(officer, dive)
    [claim], [recommended] = claims_of(officer, row), find_dive(officer, dive).recommended
    seen = {
        write_finding: (replace(FINDING, number=1), finding_seen(officer, dive, 1)),
        write_claim: (replace(RISE, number=1), version_of(claim.pk)),
        recommend: (replace(RECOMMENDED, number=1), version_of(recommended.pk)),
    }
    for write, (given, version) in seen.items():
        write(by=other, dive=dive, given=replace(given, text_en="Recorded crime rose a little."), seen=version)
        for stale in (version, ""):
            with pytest.raises(Conflict, match="Somebody else changed this"):
                write(by=officer, dive=dive, given=given, seen=stale)
        with pytest.raises(NotPermitted):
            write(by=officer, dive=dive, given=replace(given, number=9), seen=version)
    last, first = finding_versions_of(officer, row, 1)
    assert (last.text_en, last.by, first.text_en) == ("Recorded crime rose a little.", other.user, FINDING.text_en)


@pytest.mark.rule("SCR-12")
def test_the_force_has_its_say_before_it_is_published(
    officer: Acting, dive: str, frozen_clock: time_travel.Traveller
) -> None:
    def refused(act: Callable[[], object]) -> str:
        with pytest.raises(Refusal) as found:
            act()
        return found.value.code

    assert refused(lambda: publish(by=officer, dive=dive, made=told, seen=SEEN)) == "dive_other_step"
    assert refused(lambda: send_draft(by=officer, dive=dive, made=told, seen="other")) == "dive_changed"
    send_draft(by=officer, dive=dive, made=told, seen=SEEN)
    assert refused(lambda: claimed(officer, dive, RISE)) == "dive_not_open"
    assert refused(lambda: publish(by=officer, dive=dive, made=told, seen=SEEN)) == "reply_awaited"
    frozen_clock.move_to(NOW + timedelta(days=5))
    reply = NewReply(
        date(2026, 1, 19), "Deputy Chief Constable", "We thank the office.", ["10,199 is of the sub-group", " "]
    )
    assert refused(lambda: record_reply(by=officer, dive=dive, given=replace(reply, words="Ok"))) == "reply_unsaid"
    early = replace(reply, on=date(2026, 1, 13))
    assert refused(lambda: record_reply(by=officer, dive=dive, given=early)) == "reply_other_day"
    record_reply(by=officer, dive=dive, given=reply)
    assert refused(lambda: publish(by=officer, dive=dive, made=told, seen=SEEN)) == "correction_unanswered"
    declined = NewAnswer(1, False, "It is as it was published")
    assert refused(lambda: answer_correction(by=officer, dive=dive, given=declined)) == "no_reason"
    answer_correction(by=officer, dive=dive, given=NewAnswer(1, True))
    assert refused(lambda: answer_correction(by=officer, dive=dive, given=NewAnswer(1, True))) == "correction_answered"
    mended = replace(RISE, number=1, text_en="Of the sub-group, 10,199 crimes were recorded.")
    claimed(officer, dive, mended)
    new = {"en": [{"kind": "paragraph", "words": "Mended"}], "cy": [{"kind": "paragraph", "words": "Cywirwyd"}]}
    published = publish(by=officer, dive=dive, made=lambda _held: new, seen=hash_of(new))
    steps = list(DiveStep.objects.for_user(officer).order_by("id"))
    assert [one.status for one in steps] == ["drafting", "with_force", "replied", "published"]
    assert (steps[1].text, steps[2].words, published.text) == (TEXT, "We thank the office.", new), "both texts are kept"
    one = Recommendation.objects.for_user(officer).get()
    assert (one.number, one.text_en, one.measure) == ("1", RECOMMENDED.text_en, "MET11")
    assert one.report.title_cy == DIVE.title_cy
    assert refused(lambda: take_back(by=officer, dive=dive, reason="It is wrong after all")) == "dive_other_step"
    kinds = [one.kind for one in Event.objects.order_by("id") if one.kind.startswith("deep_dive")]
    assert kinds[-5:] == [
        "deep_dive_sent", "deep_dive_replied", "deep_dive_correction_answered", "deep_dive_added_to", "deep_dive_published",
    ]  # fmt: skip


@pytest.mark.rule("SCR-12", "VIC-09")
def test_what_leaves_tells_nobodys_contact_and_names_nobody_of_the_cases_it_rests_on(
    officer: Acting,
    system: Acting,
    acting_as: Callable[..., Acting],
    frozen_clock: time_travel.Traveller,
    tmp_path: Path,
) -> None:
    frozen_clock.move_to(datetime(2026, 11, 29, 12, tzinfo=UTC))
    dive = begun(officer, system).reference
    send_victim(system, tmp_path)

    def refused(act: Callable[..., object], **given: Any) -> str:
        with pytest.raises(NotNow) as found:
            act(by=officer, **given)
        assert not re.search("700|Heol|example|Rees", found.value.message), "it repeats no value"
        return f"{found.value.code}: {found.value.message.partition('It stands under')[2].strip(': .')}"

    def draft(*words: str) -> dict[str, Any]:
        blocks = [{"kind": "heading", "words": "Limits"}, *({"kind": "clause", "parts": [one]} for one in words)]
        text = {"en": TEXT["en"], "cy": [*TEXT["cy"], *blocks]}
        return {"dive": dive, "made": lambda _held: text, "seen": hash_of(text)}

    assert refused(send_draft, **draft("Nobody", "rang 07700 900 123.")) == "words_hold_contact: Limits"
    named = draft("Sian Rees was not rung back.")
    send_draft(by=officer, **named), take_back(by=officer, dive=dive, reason="It is written anew")
    reviewers = [acting_as("volunteer_reviewer", username=name) for name in ("ann", "bob")]
    planned = drawn(officer, acting_as("analyst", username="an"), reviewers)
    for review in reviews_of(planned):
        submitted(next(each for each in reviewers if each.user == review.reviewer), review.reference)
    telling = NewEvidence(Evidence.SAMPLE, "Seriously in one case", "O ddifrif", planned.reference, "DS-C1")
    evidence(officer, dive, telling)
    backed = replace(RISE, number=1, bears_out=[2])
    claimed(officer, dive, backed)
    assert refused(send_draft, **draft()) == "text_tells_hidden: ", "the title of what a claim names"
    claimed(officer, dive, replace(backed, bears_out=[]))
    assert refused(send_draft, **named) == "words_name_somebody: Limits", "her case was drawn into a sample"
    assert status_of(officer, dive) is DiveStatus.DRAFTING
    send_draft(by=officer, dive=dive, made=told, seen=SEEN)
    reply = NewReply(date(2026, 11, 29), "Deputy Chief Constable", "We thank the office.", ["Ask sian@example.org"])
    assert refused(record_reply, dive=dive, given=reply) == "words_hold_contact: "
    names = replace(reply, corrections=["Rees, Sian was rung back"])
    assert refused(record_reply, dive=dive, given=names) == "words_name_somebody: ", "it could never be published"
    record_reply(by=officer, dive=dive, given=replace(reply, corrections=["Ask [left out]"]))
    declined = NewAnswer(1, False, "She lives at 3 Heol Fawr, SA1 1AA", "Mae hi’n byw yno")
    assert refused(answer_correction, dive=dive, given=declined) == "words_hold_contact: "
    answer_correction(by=officer, dive=dive, given=NewAnswer(1, True))
    assert refused(publish, **named) == "words_name_somebody: Limits"
    publish(by=officer, dive=dive, made=told, seen=SEEN)


@pytest.mark.rule("SCR-09", "SCR-12")
def test_nothing_is_published_that_no_claim_holds_or_that_the_force_has_not_seen(
    officer: Acting, dive: str, frozen_clock: time_travel.Traveller
) -> None:
    def refused(act: Callable[..., object], **given: Any) -> str:
        with pytest.raises(NotNow) as found:
            act(by=officer, dive=dive, **given)
        return found.value.code

    odd = replace(RECOMMENDED, measure="MET99")
    assert refused(recommend, given=odd) == "no_such_measure"
    bare = write_finding(by=officer, dive=dive, given=FINDING)
    assert refused(send_draft, made=told, seen=SEEN) == "finding_claims_nothing"
    with pytest.raises(NotPermitted):
        claimed(officer, dive, replace(RISE, finding=9))
    gone = replace(FINDING, number=bare.number, is_withdrawn=True)
    standing = replace(gone, number=1)
    assert refused(write_finding, given=standing, seen=finding_seen(officer, dive, 1)) == "claims_stand"
    write_finding(by=officer, dive=dive, given=gone, seen=version_of(bare.pk))
    with pytest.raises(NotPermitted):
        claimed(officer, dive, replace(RISE, finding=bare.number))
    send_draft(by=officer, dive=dive, made=told, seen=SEEN)
    reply = NewReply(date(2026, 1, 14), "Deputy Chief Constable", "We thank the office.", ["One thing", "Another"])
    record_reply(by=officer, dive=dive, given=reply)
    take_back(by=officer, dive=dive, reason="It is written in again")
    send_draft(by=officer, dive=dive, made=told, seen=SEEN)
    frozen_clock.move_to(NOW + timedelta(days=15))
    assert refused(publish, made=told, seen=SEEN) == "correction_unanswered", "of the draft before this"
    found = find_dive(officer, dive)
    assert found is not None
    said = found_of(officer, found.row, clock.now())
    text = str(text_of(found, said, (), None)["en"])
    assert "Reply of 14 January 2026, Deputy Chief Constable, word for word:" in text
    assert "By 28 January 2026 no reply had come." in text
    record_reply(by=officer, dive=dive, given=replace(reply, on=date(2026, 1, 29), corrections=["A third"]))
    for number in (1, 2, 3):
        answer_correction(by=officer, dive=dive, given=NewAnswer(number, True))
    claimed(officer, dive, RISE)
    recommend(by=officer, dive=dive, given=RECOMMENDED)
    with pytest.raises(NotNow, match="what was added since: 2, R2") as unseen:
        publish(by=officer, dive=dive, made=told, seen=SEEN)
    assert unseen.value.code == "added_since_draft"
    claimed(officer, dive, replace(RISE, number=2, is_withdrawn=True))
    take_back(by=officer, dive=dive, reason="One more is recommended")
    send_draft(by=officer, dive=dive, made=told, seen=SEEN)
    frozen_clock.move_to(NOW + timedelta(days=30))
    publish(by=officer, dive=dive, made=told, seen=SEEN)


@pytest.mark.rule("SCR-12")
def test_without_a_reply_it_is_published_after_the_day(
    officer: Acting, dive: str, frozen_clock: time_travel.Traveller
) -> None:
    send_draft(by=officer, dive=dive, made=told, seen=SEEN)
    take_back(by=officer, dive=dive, reason="A table was left out")
    assert status_of(officer, dive) is DiveStatus.DRAFTING
    send_draft(by=officer, dive=dive, made=told, seen=SEEN)
    # Ten working days after 14 January: the 28th.
    frozen_clock.move_to(NOW + timedelta(days=14))
    with pytest.raises(NotNow, match="has its time"):
        publish(by=officer, dive=dive, made=told, seen=SEEN)
    frozen_clock.move_to(NOW + timedelta(days=15))
    publish(by=officer, dive=dive, made=told, seen=SEEN)
    assert status_of(officer, dive) is DiveStatus.PUBLISHED


def replies_due() -> list[tuple[datetime, datetime | None, str]]:
    rows = WorkItem.objects.for_system("a test").filter(kind="reply_to_deep_dive").order_by("id")
    return [(one.due_at, one.over_at, one.state) for one in rows]


@pytest.mark.rule("SCR-12")
def test_the_reply_to_each_draft_is_due_work_of_ten_working_days(
    officer: Acting, force: Force, dive: str, frozen_clock: time_travel.Traveller
) -> None:
    last = datetime(2026, 1, 29, tzinfo=UTC)
    send_draft(by=officer, dive=dive, made=told, seen=SEEN)
    tick(force=force, at=NOW)
    assert replies_due() == [(last, None, "open")]
    taken = NOW + timedelta(hours=1)
    frozen_clock.move_to(taken)
    take_back(by=officer, dive=dive, reason="A table was left out")
    send_draft(by=officer, dive=dive, made=told, seen=SEEN)
    tick(force=force, at=taken)
    assert replies_due() == [(last, taken, "withdrawn"), (last, None, "open")]
    later = NOW + timedelta(days=15)
    frozen_clock.move_to(later)
    publish(by=officer, dive=dive, made=told, seen=SEEN)
    tick(force=force, at=later)
    assert replies_due() == [(last, taken, "withdrawn"), (last, later, "done")]


def changed_row(folder: Path, table: str, column: str) -> None:
    """Of one row that holds something in a column it is taken away, and the list made to fit: what a careful hand would do."""
    path, listed = folder / f"{table}.parquet", folder / "snapshot.json"
    held = pq.read_table(path)
    rows = held.to_pylist()
    next(row for row in rows if row[column] is not None)[column] = None
    for one in (path, listed):
        one.chmod(0o600)
    pq.write_table(pa.Table.from_pylist(rows, schema=held.schema), path)
    said = json.loads(listed.read_text())
    said["tables"][table]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    said["digest"] = hashlib.sha256(b"another").hexdigest()
    listed.write_text(json.dumps(said))


def test_a_changed_row_of_the_snapshot_names_exactly_the_claims_that_fail(
    officer: Acting, system: Acting, dive: str, acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller,
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def checked() -> tuple[int, dict[str, Any]]:
        code = cli.main(["report", "check", dive, "--as", "so", "--json"])
        out = capsys.readouterr()
        assert out.err == ""
        return code, json.loads(out.out)

    made = NOW - timedelta(days=30)
    frozen_clock.move_to(made)
    team = acting_as("orders_team", username="team")
    case, _suspect, _victim = parties(system, tmp_path)
    served = OrderGiven(served_at=made, place="court", method="personal", server="PC 44 Rees", proof="Statement")
    for _order in range(6):
        move_order(
            by=team, order=scanned(team, order_of(team, case.reference, made)).reference, move="serve", given=served
        )
    frozen_clock.move_to(NOW)
    figures_kept(system)
    measured = NewEvidence(Evidence.MEASURE, "Orders", "Gorchmynion", "MET11", "orders")
    with pytest.raises(
        NotNow, match="It has no figure to rest on: not shown: it, or another beside it, is fewer than 5"
    ):
        evidence(officer, dive, measured, part="episodes")
    evidence(officer, dive, measured)
    evidence(officer, dive, measured, source="MET09", part="in_time")
    # So few of one kind the public is not told: what is worked out again is asked for here, and not what may be published.
    monkeypatch.setattr(attaching, "check_is_told", lambda *, is_told: None)
    evidence(officer, dive, measured, split="order_type", split_of="SPO")
    for number, kind in ((2, ClaimKind.COUNT), (3, ClaimKind.RATE), (4, ClaimKind.COUNT)):
        claimed(officer, dive, replace(RISE, kind=kind, evidence=number))
    row = DeepDive.objects.for_user(officer).get(reference=dive)
    rows = {one.number: (one.count, one.of) for one in DiveEvidence.objects.for_user(officer)}
    assert (rows[2], rows[3], rows[4]) == ((6, None), (6, 6), (6, None))
    assert [one.stands for one in found_of(officer, row, NOW).claims] == [Stands.HOLDS] * 4
    assert checked() == (
        0,
        {
            "review": dive, "claims": 4, "traced": 4, "reproduced": 4, "failed": [], "not_open": [], "not_holding": [],
            "changed_snapshots": [],
        },
    )  # fmt: skip
    folder = next(folder_of(system).glob("[0-9]*"))
    changed_row(folder, "orders", "in_person_at")
    code, told = checked()
    assert (code, told["reproduced"], [one["claim"] for one in told["failed"]]) == (1, 3, [3])
    [differs] = told["failed"][0]["evidence"]
    assert (differs["query"], differs["held"]["numerator"], differs["now"]["numerator"]) == ("MET09:in_time", 6, None)
    assert told["changed_snapshots"] == [folder.name]
    assert [one.stands for one in found_of(officer, row, NOW).claims][2] is Stands.NOT_REPRODUCED, (
        "the page knows it too"
    )
    assert cli.main(["report", "check", dive, "--as", "so"]) == 1
    said = capsys.readouterr().out
    assert f"{dive}: 4 claims, 4 traced, 3 reproduced, 1 failed" in said
    assert "  claim 3: MET09:in_time was 1.0, now None (evidence 3)" in said
    # A file that was changed without its list is not read at all: whatever rests on it fails, and nothing else.
    (folder / "orders.parquet").write_bytes(b"nothing")
    code, told = checked()
    assert (code, [one["claim"] for one in told["failed"]]) == (1, [2, 3, 4])
    assert "was changed after it was written" in told["failed"][0]["evidence"][0]["why"]
    assert cli.main(["report", "check", "DD-99999", "--as", "so"]) == 2
    assert "There is no deep dive DD-99999" in capsys.readouterr().err
    with pytest.raises(NotPermitted):
        keep_check(by=acting_as("commissioner_view", username="pcc"), dive=dive, found={})


@pytest.mark.rule("SCR-05", "SCR-06", "SCR-08")
def test_a_question_of_a_sample_is_evidence_and_is_quoted_only_where_reviewers_agree(
    officer: Acting, system: Acting, dive: str, acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller,
    tmp_path: Path,
) -> None:  # fmt: skip
    frozen_clock.move_to(datetime(2026, 11, 29, 12, tzinfo=UTC))
    reviewers = [acting_as("volunteer_reviewer", username=name) for name in ("ann", "bob")]
    some_cases(system, tmp_path, 3)
    analyst = acting_as("analyst", username="an")
    planned = drawn(officer, analyst, reviewers)
    given = NewEvidence(Evidence.SAMPLE, "Taken seriously", "O ddifrif", planned.reference, "DS-C1")
    with pytest.raises(NotNow, match="every review"):
        evidence(officer, dive, given)
    one, two = reviews_of(planned)[:2]
    for review in reviews_of(planned):
        by = next(each for each in reviewers if each.user == review.reviewer)
        submitted(by, review.reference, NOT_HEARD if (review.case.number, review.place) == (1, 2) else {})
    assert {one.place, two.place} == {1, 2}
    row = evidence(officer, dive, given)
    assert (row.count, row.of, row.value, row.chosen, row.unit) == (3, 3, 1.0, "census", "percent")
    assert row.sha256 == planned.frozen.sha256
    assert [one.yes for one in results_of(officer, planned) if one.question.id == "DS-C1"] == [3]
    claim = replace(RISE, number=1, kind=ClaimKind.RATE, evidence=2, text_en="Nearly all were taken seriously.")
    claimed(officer, dive, claim)
    said = found_of(officer, DeepDive.objects.for_user(officer).get(reference=dive), clock.now())
    assert [(one.stands, one.refusals) for one in said.claims] == [
        (Stands.UNSUPPORTED, ((Why.NOT_TO_BE_QUOTED, "E2"),))
    ], "of three cases they differed on one, and three are too few to say that they agree"
    decided = NewAdjudication(
        1, "DS-C1", Given(judged="no", confidence="high", evidence="log 9"), "The log shows it", ""
    )
    adjudicate(by=acting_as("scrutiny_officer", username="third"), sample=planned.reference, given=decided)
    said = found_of(officer, DeepDive.objects.for_user(officer).get(reference=dive), clock.now())
    assert said.claims[0].stands is Stands.NOT_REPRODUCED, "what was decided since counts"
    assert said.evidence[2].newer is not None
    assert (said.evidence[2].newer.count, said.evidence[2].newer.of) == (2, 3)
    coordinator = acting_as("coordinator", username="co")
    shut = found_of(coordinator, DeepDive.objects.for_user(coordinator).get(reference=dive), clock.now())
    assert (shut.claims[0].stands, shut.evidence[2].is_open) == (Stands.NOT_CHECKED, False), (
        "samples are not open to them"
    )
    found = find_dive(officer, dive)
    assert found is not None
    [*_others, blocks] = text_of(found, said, samples_in(officer, said), None).values()
    facts = [dict(block["rows"]) for block in blocks if block["kind"] == "facts"]
    hidden = ("Heb ei ddangos: llai na 10",)
    assert [[*one.values()][:2] for one in facts if "Achosion a dynnwyd" in one] == [[hidden, hidden]], (
        "three cases of three"
    )
    assert planned.frozen.sha256 not in str(blocks)
    assert not any("Hedyn" in one for one in facts), "by the hash and the seed its few references could be found"
    assert not any(block["kind"] == "grid" and "adolygydd" in block["caption"] for block in blocks)
    assert any(planned.reference in str(block.get("words")) for block in blocks if block["kind"] == "paragraph")


def test_what_is_shut_to_whoever_checks_has_neither_come_out_nor_failed(
    officer: Acting, dive: str, acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def checked(*words: str) -> tuple[int, str]:
        code = cli.main(["report", "check", dive, *words])
        return code, capsys.readouterr().out

    interview = answered(officer)
    [quote] = Quote.objects.for_user(officer)
    evidence(officer, dive, NewEvidence(Evidence.QUOTE, "What an officer said", "Geiriau swyddog", str(quote.pk)))
    quoted = replace(
        RISE, kind=ClaimKind.QUOTE, evidence=2, text_en=f"An officer: “{quote.words}”", text_cy="Geiriau swyddog."
    )
    claimed(officer, dive, quoted)
    analyst = acting_as("analyst", username="an")
    row = DeepDive.objects.for_user(officer).get(reference=dive)
    for by in (analyst, acting_as("coordinator", username="co")):
        found = found_of(by, row, clock.now())
        assert [one.stands for one in found.claims] == [Stands.HOLDS, Stands.NOT_CHECKED], by
        assert (found.evidence[2].reproduces, found.evidence[2].is_open) == (None, False)
        assert found.claims[1].refusals == ()
        table = evidence_table(found)
        assert table is not None
        assert "Not open to you" in str(table["rows"][1][-1])
        assert checks(found)[:2] == [
            "Claims: 2. Not holding: 0.",
            "Resting on what is not open to you: claims 2. A scrutiny officer looks at them.",
        ]
    code, said = checked("--as", "so")
    assert (code, said.splitlines()) == (0, [f"{dive}: 2 claims, 2 traced, 2 reproduced, 0 failed"])
    code, said = checked("--as", "an")
    assert (code, said.splitlines()) == (
        1,
        [
            f"{dive}: 2 claims, 2 traced, 1 reproduced, 0 failed",
            "  not looked at, since what they rest on is not open to you: claims 2. A scrutiny officer may: --as USER",
        ],
    )
    told = json.loads(checked("--as", "an", "--json")[1])
    assert (told["not_open"], told["failed"]) == ([2], [])
    withdraw_consent(by=officer, interview=interview.reference, uses=frozenset({Use.QUOTE}))
    code, said = checked("--as", "so", "--json")
    assert (code, json.loads(said)["not_holding"][0]["claim"]) == (0, 2), (
        "whoever may open it is told that it may not be quoted"
    )


def test_one_area_of_a_measure_is_evidence_where_the_public_is_told_of_it(
    officer: Acting, system: Acting, dive: str
) -> None:
    told = {"MET09": (70, 90)}
    kept_of(system, NOW, told)
    whole = NewEvidence(Evidence.MEASURE, "Served in time", "Cyflwynwyd mewn pryd", "MET09", "in_time")
    of_south = replace(whole, split="area", split_of="south")
    row = evidence(officer, dive, of_south)
    assert (row.split, row.split_of, row.count, row.of) == ("area", "south", 70, 90)
    assert evidence(officer, dive, whole).split == ""
    for wrong in (replace(whole, split="area"), replace(whole, split_of="south"), replace(of_south, split_of="west")):
        with pytest.raises(NotNow, match="not split so"):
            evidence(officer, dive, wrong)
    claim = replace(RISE, kind=ClaimKind.RATE, evidence=row.number, beside=row.number + 1)
    claimed(officer, dive, claim)
    found = found_of(officer, DeepDive.objects.for_user(officer).get(reference=dive), NOW)
    assert [(one.stands, one.doubts) for one in found.claims] == [(Stands.HOLDS, ())] * 2, "they count the same"
    kept_of(system, NOW, {"MET09": (6, 14)})
    with pytest.raises(NotNow, match="The public is not told"):
        evidence(officer, dive, of_south)


def words_in(written: Any) -> list[str]:
    cells = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    return [*(one.text for one in written.paragraphs), *cells]


def test_the_report_is_written_in_three_forms_and_two_languages_with_the_same_claims(
    officer: Acting, dive: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], acting_as: Callable[..., Acting]
) -> None:
    def built(*words: str) -> tuple[int, str]:
        code = cli.main(["report", "build", dive, "--as", "so", *words])
        out = capsys.readouterr()
        return code, out.out + out.err

    for language, sentence in (("en", RISE.text_en), ("cy", RISE.text_cy)):
        web, pdf = tmp_path / f"{language}.html", tmp_path / f"{language}.pdf"
        assert built("--lang", language, "--out", str(web))[0] == 0
        page = web.read_text()
        assert sentence in page
        assert f'<html lang="{language}">' in page
        assert 'id="claim-1"' in page
        assert built("--format", "pdf", "--lang", language, "--out", str(pdf))[0] == 0
        with pikepdf.open(pdf) as read:
            assert str(read.Root.Lang).startswith(language)
            assert read.Root.MarkInfo.Marked
        word = tmp_path / f"{language}.docx"
        assert built("--format", "docx", "--lang", language, "--out", str(word))[0] == 0
        written = Document(word)
        assert written.core_properties.language == f"{language}-GB"
        assert sentence in "\n".join(words_in(written))
    assert built()[0] == 2
    assert built("--out", str(tmp_path / "none" / "x.html"))[0] == 2
    acting_as("commissioner_view", username="pcc")
    assert cli.main(["report", "build", dive, "--as", "pcc", "--out", str(tmp_path / "x.html")]) == 2
    assert "No draft of DD-10001 has been sent to the force yet." in capsys.readouterr().err
    assert cli.main(["report", "build", "DD-99999", "--as", "so", "--out", str(tmp_path / "x.html")]) == 2
    acting_as("supervisor", username="su")
    assert cli.main(["report", "build", dive, "--as", "su", "--out", str(tmp_path / "x.html")]) == 2


@pytest.mark.rule("MSR-04")
def test_the_report_says_that_most_is_not_certain_where_the_interval_includes_half(
    officer: Acting, system: Acting, dive: str, tmp_path: Path
) -> None:
    kept_of(system, NOW, {"MET09": (40, 65)})
    whole = NewEvidence(Evidence.MEASURE, "Served in time", "Cyflwynwyd mewn pryd", "MET09", "in_time")
    row = evidence(officer, dive, replace(whole, split="area", split_of="south"))
    said = {"text_en": "Orders were served in time in most cases.", "text_cy": "Felly yn y rhan fwyaf o achosion."}
    claimed(officer, dive, replace(RISE, kind=ClaimKind.RATE, evidence=row.number, **said))
    found = found_of(officer, DeepDive.objects.for_user(officer).get(reference=dive), NOW)
    assert (found.claims[-1].stands, found.claims[-1].doubts) == (Stands.HOLDS, ((Doubt.MOST_NOT_CERTAIN, ""),))
    for language, words in (
        ("en", "Its interval includes half: that it is so of most is not certain."),
        ("cy", "Mae ei gyfwng yn cynnwys hanner: nid yw’n sicr ei fod felly am y rhan fwyaf."),
    ):
        page = tmp_path / f"{language}.html"
        # Its snapshot is made up, so that nothing is worked out again from it.
        cli.main(["report", "build", dive, "--as", "so", "--lang", language, "--out", str(page)])
        assert page.read_text().count(words) == 1
