"""T10, SEC-09: over every table there is, what is said of whoever is erased is nowhere any more, and all else is as it was."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import time_machine
from django.conf import settings
from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.retention.kinds import Authority
from craffu.access.rights_requests.actions import NewRequest, record_request, take_step
from craffu.access.rights_requests.actions import Step as RightsGoes
from craffu.access.rights_requests.kinds import Kind, Whose
from craffu.access.rights_requests.states import RightsStatus
from craffu.audit.models import Event
from craffu.breaches.models import BreachTelling
from craffu.cases.models import AdviceAsked, Case, DetentionVersion
from craffu.common.fates import Kept, OnErasure
from craffu.common.refusals import NotNow
from craffu.daily.retaining.actions import Said, ask_to_erase, erase_person, lift_hold, place_hold
from craffu.intake.running import take_in
from craffu.measures.snapshots.actions import build_snapshot
from craffu.people.queries import is_called
from craffu.people.search.actions import rebuild
from craffu.people.search.models import SearchWord
from tests.architecture.test_relations import our_models
from tests.factories.any_row import Maker
from tests.factories.crimes import UNGRADED
from tests.factories.erasing import MARK, copies_of, where
from tests.factories.extracts import row, write
from tests.factories.in_every_table import BLANKED, Model, Theirs, is_personal, plant, somebody
from tests.roles import as_owner

pytestmark = [pytest.mark.rule("SEC-09"), pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WHY = Said(f"Nothing has been heard of {MARK} for ten years.", Authority.RETENTION_REVIEW)
OTHERS = "wholelse"
# Tables that say of a field that it is erased, whose rows are of nobody whom the register is about: no key and no word leads from
# them to anybody. What they say is of the force's own people, or was said in a review by somebody whose name nobody wrote down.
OF_NOBODY_HERE: Final = {
    Kept.WITH_ACCOUNT: {
        "access.User", "resourcing.Away", "resourcing.ChampionNamed", "resourcing.PostHeld", "resourcing.Trained",
        "resourcing.TurnOfDuty",
    },
    Kept.WITH_REVIEW: {
        "prevention.MeetingAttended", "prevention.MeetingCalledOff", "scrutiny.Answer", "scrutiny.Interview", "scrutiny.Quote",
    },
    Kept.WITH_AUDIT: {"audit.Event"},
}  # fmt: skip
# What names a case of theirs and stays, that the figures of a review stay what they were: references and codes, and no word.
STAYS: Final = {"scrutiny.FrameCase", "scrutiny.SampleCase", "scrutiny.SampleReplaced"}
# What is left of somebody who stays, for they are a victim elsewhere: who they are, and what was said of them under their own
# reference or their record's key alone, or tells of whom it does not say. None of it is of a case, an order or a plan that went.
OF_WHO_STAYS: Final = {
    "access.Admission", "access.EmergencyAccess", "access.Notice", "access.Placement", "access.Restriction",
    "access.RetentionStep", "access.RightsEnding", "access.RightsRequest", "access.RightsStep",
    "people.Membership", "people.Person", "people.RecordVersion", "people.RecordedContact", "people.RecordedIdentifier",
    "people.RecordedName", "people.SourceRecord", "linkage.RecordKey", "linkage.RecordKeyed",
    "cases.CaseOutcome", "cases.DetentionVersion", "cases.InvolvementVersion", "cases.ReleaseVersion", "cases.RoleWaiting",
    "orders.CourtListed", "orders.DifferenceOwned", "orders.ListDifference", "breaches.BreachTelling", "breaches.PatternDecided",
    "intake.HeldDecision", "intake.HeldRow", "intake.KeptRow", "prevention.MeetingCorrected",
}  # fmt: skip
# What the register writes of its own work while it erases.
WRITTEN: Final = {
    "audit.Event", "audit.EventReference", "audit.Unsealed", "access.RetentionStep", "common.Counter", "outbox.News",
}  # fmt: skip

type Values = dict[Model, dict[Any, dict[str, Any]]]


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def values() -> Values:
    """Every column of every row, as it is read."""
    return {
        one: {row.pop("pk"): row for row in QuerySet(one).order_by().values("pk", *_columns(one))}
        for one in our_models()
    }


def _columns(model: Model) -> list[str]:
    return [one.attname for one in model._meta.concrete_fields if one.name != "pk"]


@dataclass(frozen=True)
class Two:
    """Two of whom there is something in every table, and the auditors who erase the first."""

    gone: Theirs
    stays: Theirs
    first: Acting
    other: Acting

    @property
    def suspect(self) -> str:
        return self.gone.named["person"]


@pytest.fixture
def two(system: Acting, make_user: Callable[..., User], tmp_path: Path) -> Two:
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    team = acting_user(make_user("orders_team"))
    stays, gone = (
        somebody(system, team, (first, other), tmp_path, number, mark) for number, mark in ((12, OTHERS), (1, MARK))
    )
    build_snapshot(by=system)
    assert copies_of(gone.references)
    waiting = Path(settings.CRAFFU_HOME) / "messages" / "a.json"
    waiting.parent.mkdir(exist_ok=True)
    waiting.write_text(f'{{"to": "{MARK}eg@example.org"}}', encoding="utf-8")
    maker, users = Maker(NOW), [one.user for one in (first, other, team) if one.user]
    of_others, of_theirs = (plant(maker, theirs, system.force, users) for theirs in (stays, gone))
    # What names an order beside somebody or a crime is of these; what is asked about an order is of that, in whatever case.
    order, theirs = gone.named["order"], stays.named
    of_others.also(BreachTelling, order_ref=order, record_key=theirs["record"])
    of_others.also(BreachTelling, order_ref=order, crime=theirs["crime"])
    of_others.also(DetentionVersion, for_breach_of=order, crime=theirs["crime"])
    of_theirs.also(AdviceAsked, about_order=order, case=stays.rows[Case][0])
    with as_owner():
        rebuild()
    return Two(gone, stays, first, other)


def names(model: Model) -> str:
    return str(model._meta.label)


def without_a_row(theirs: Theirs) -> Iterator[tuple[str, set[Kept]]]:
    """The tables that hold something personal and nothing of theirs, and by what that is kept."""
    for model in our_models():
        if is_personal(model) and not theirs.rows[model]:
            fates = model.Handling.fields.values()  # type: ignore[attr-defined]
            yield names(model), {one.kept for one in fates if one.identifying}


def faults(two: Two, before: Values, after: Values) -> Iterator[str]:
    """Every row that is there and should not be, or was, or says otherwise than it did."""
    for model in our_models():
        label, was, now = names(model), before[model], after[model]
        theirs = {one.pk for one in two.gone.rows[model]}
        stays = model in BLANKED or label in STAYS
        gone = was.keys() - now.keys()
        if model is SearchWord:
            # Which words are of others too, the index says.
            yield from (
                f"{label} {row['word']}" for row in was.values() if OTHERS in row["word"] and row not in now.values()
            )
            continue
        yield from (f"{label} {pk} is of others and is gone" for pk in sorted(gone - theirs))
        yield from (f"{label} {pk} is theirs and is there" for pk in sorted(theirs - gone) if not stays)
        yield from (f"{label} {pk} is gone" for pk in sorted(theirs & gone) if stays)
        if now.keys() - was.keys() and label not in WRITTEN:
            yield f"{label} has {len(now.keys() - was.keys())} more rows"
        for pk in sorted(was.keys() & now.keys()):
            is_blanked = model in BLANKED and pk in theirs
            yield from (f"{label} {pk} {fault}" for fault in _changed(model, was[pk], now[pk], is_blanked=is_blanked))


def _changed(model: Model, was: dict[str, Any], now: dict[str, Any], *, is_blanked: bool) -> Iterator[str]:
    fates = model.Handling.fields  # type: ignore[attr-defined]
    for name, value in was.items():
        fate = fates.get(name.removesuffix("_id")) or fates[name]
        expected = "" if is_blanked and fate.on_erasure is OnErasure.ERASE else value
        if now[name] != expected:
            yield f"has {now[name]!r} for its {name}"


def test_T10_in_every_table_what_is_theirs_is_gone_and_all_else_is_as_it_was(two: Two) -> None:
    assert dict(without_a_row(two.gone)) == {
        label: {kept} for kept, labels in OF_NOBODY_HERE.items() for label in labels
    }
    assert not any(is_personal(one) for one in our_models() if names(one) in STAYS)
    assert {one for one in our_models() if two.gone.rows[one]} == {one for one in our_models() if two.stays.rows[one]}
    before = values()
    ask_to_erase(by=two.first, person=two.suspect, said=WHY)

    erased = erase_person(by=two.other, person=two.suspect)

    after = values()
    assert list(faults(two, before, after)) == []
    assert where(MARK) == []
    assert copies_of(two.gone.references) == []
    # Words of the index are not counted among the rows.
    went = {one: len(before[one].keys() - after[one].keys()) for one in our_models() if one is not SearchWord}
    assert erased.rows == sum(went.values())
    assert json.loads(Event.objects.get(kind="person_erased").payload)["counts"]["rows"] == erased.rows
    assert len([one for one in went.values() if one]) > 150


@pytest.mark.postgres_in_deep
def test_T10_while_anything_holds_them_no_row_of_any_table_changes(two: Two) -> None:
    ask_to_erase(by=two.first, person=two.suspect, said=WHY)

    def stands(because: str) -> None:
        before, words = values(), where(MARK)
        with pytest.raises(NotNow, match=because):
            erase_person(by=two.other, person=two.suspect)
        assert values() == before
        assert where(MARK) == words

    held = place_hold(by=two.first, person=two.suspect, said=Said("An inquiry asks", Authority.INQUIRY))
    stands("legal hold")
    lift_hold(by=two.other, person=two.suspect, said=Said("It has ended", Authority.INQUIRY, held.number))
    asked = NewRequest(Kind.ACCESS, Whose.SUSPECT, two.suspect, "They wrote to us", NOW.date(), "0" * 32)
    number = record_request(by=two.first, asked=asked).number
    stands(f"has to be answered first: {number}")
    take_step(by=two.first, number=number, step=RightsGoes(RightsStatus.WITHDRAWN, "They wrote again"), knows=is_called)
    erase_person(by=two.other, person=two.suspect)
    assert where(MARK) == []


@pytest.mark.postgres_in_deep
def test_T10_of_somebody_who_stays_as_a_victim_nothing_is_left_that_is_of_what_they_did(
    two: Two, system: Acting, tmp_path: Path
) -> None:
    inbox = tmp_path / "the other way round"
    write(inbox, "crimes.csv", [row("rms", "crimes", 2, **UNGRADED)])
    write(inbox, "involvements.csv", [row("rms", "involvements", 2, person_ref="PERSON11", role="victim")])
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
    ask_to_erase(by=two.first, person=two.suspect, said=WHY)
    before = values()

    erase_person(by=two.other, person=two.suspect)

    after = values()
    left = {names(one) for one in our_models() if {line.pk for line in two.gone.rows[one]} & after[one].keys()}
    assert left == STAYS | OF_WHO_STAYS
    theirs = {one: {line.pk for line in two.gone.rows[one]} for one in our_models()}
    others = [one for one in our_models() if before[one].keys() - after[one].keys() - theirs[one]]
    assert others == [SearchWord]
