"""What is due to each victim: to be offered an agreement and asked again, what was promised, and news (VIC-01, VIC-03 to VIC-05).

Safety-critical news is one thing to do, by its own clock; the Code's limit is its outer limit and no second thing. An agreement
is offered in live cases of stalking or harassment only.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.access.reach.queries import placements
from craffu.cases.custody.queries import ACCUSED
from craffu.cases.models import Case, CaseRole
from craffu.cases.risk.kinds import of_the_kind
from craffu.cases.topics import CASES, PLACED
from craffu.clocks.london import day_of, end_of, start_of
from craffu.clocks.working_days import working_days_after
from craffu.people.queries import members, records_ever_of
from craffu.people.topics import PEOPLE
from craffu.victims.agreements.rules import Occasion, Revisit, revisit_due
from craffu.victims.answering.rules import Follows, contact_by
from craffu.victims.contacts.queries import is_open
from craffu.victims.contacts.rules import CAME_BACK
from craffu.victims.custody.actions import keep_told
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.queries import News, instant_of_agreement
from craffu.victims.happenings.rules import RAISES
from craffu.victims.inviting.stages import SurveyStage, survey_stages
from craffu.victims.models import AgreementVersion
from craffu.victims.queries import day_of_agreement
from craffu.victims.stories import Story, stories, victims_of_people
from craffu.victims.topics import VICTIMS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How, after

OFFER, REVISIT, PROMISE = "agreement_offer", "agreement_revisit", "promised_contact"
SAFETY_NEWS, CODE_NOTICE = "safety_news", "code_notice"
HER_ANSWER, SURVEY, NOT_SENT = "victim_answer", "survey_invitation", "link_not_sent"
LETTER_LOST: Final = "letter_not_arrived"
NOT_OFFERED, WAS_PROMISED, WAS_PLANNED = "not_offered_yet", "was_promised", "revisit_was_planned"
LINK_FAILED: Final = "link_could_not_be_sent"
# A letter was held back before it left, or came back.
LETTER_HELD, LETTER_CAME_BACK = "letter_held_back", "letter_came_back"
# How long before its day a planned revisit stands in anybody's list.
PLANNED_AHEAD: Final = timedelta(days=7)


def every_victim(by: Acting) -> Iterable[str]:
    """Everybody who is a victim in a case, by the row number of the person."""
    roles = CaseRole.objects.for_user(by).filter(role=CaseRole.Role.VICTIM).order_by()
    return _people_of(by, frozenset(roles.values_list("record_id", flat=True)))


def _people_of(by: Acting, records: Collection[int]) -> Iterable[str]:
    rows = members(by).filter(record__one_of=frozenset(records)).order_by()
    return map(str, sorted(set(rows.values_list("person_id", flat=True))))


def victims_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News names victims by their person, cases by row number, or a case that was placed by its reference.

    Where records changed hands it names persons, whose records they are and were: what is due moves with them, and what is told
    of whoever is accused is news for the victims of their cases.
    """
    if topic == VICTIMS:
        return subjects
    if topic == PEOPLE:
        return _ever_concerned(by, frozenset(map(int, subjects)))
    cases: Collection[int] = frozenset(map(int, subjects)) if topic != PLACED else _called(by, subjects)
    return _people_of(by, _records_of_victims(by, cases))


def _ever_concerned(by: Acting, people: Collection[int]) -> Iterable[str]:
    """Those of these persons of whom a record is, or ever was, a victim's, and the victims of every case in which one is accused.
    Four queries at most.
    """
    ever = records_ever_of(by, people)
    roles = CaseRole.objects.for_user(by).filter(
        record__one_of=frozenset(ever), role__in=(CaseRole.Role.VICTIM, *ACCUSED)
    )
    found: set[str] = set()
    accused: set[int] = set()
    for record, case, role in roles.order_by().values_list("record_id", "case_id", "role"):
        if role == CaseRole.Role.VICTIM:
            found.update(map(str, ever[record]))
        else:
            accused.add(case)
    if accused:
        found.update(_people_of(by, _records_of_victims(by, accused)))
    return sorted(found, key=int)


def _records_of_victims(by: Acting, cases: Collection[int]) -> frozenset[int]:
    roles = CaseRole.objects.for_user(by).filter(case__one_of=frozenset(cases), role=CaseRole.Role.VICTIM).order_by()
    return frozenset(roles.values_list("record_id", flat=True))


def _called(by: Acting, references: Collection[str]) -> frozenset[int]:
    rows = Case.objects.for_user(by).filter(reference__one_of=frozenset(references)).order_by()
    return frozenset(rows.values_list("pk", flat=True))


def victims_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due to each of these victims as things stand at an instant. Nineteen queries, whatever their number."""
    told = stories(by, victims_of_people(by, frozenset(map(int, subjects))), now, whole=True)
    named = {called for story in told.values() for called in story.victim.cases.values()}
    placed = placements(by.force, "case", named)
    for story in told.values():
        story.owners = {called: placed[called].owner_id for called in story.victim.cases.values() if called in placed}
    unasked = {case for story in told.values() if not story.versions for case in story.victim.cases}
    kind = of_the_kind(by, unasked) if unasked else set()
    found = {}
    for person, story in told.items():
        dues = tuple(_dues(story, kind))
        found[str(person)] = Answer(dues, story.changes_at)
    return found


def keep_what_was_told(by: Acting, subjects: Collection[str], now: datetime) -> None:
    """Custody suites and courts tell of releases and bail by themselves: kept before anybody asks what is due (BRC-08)."""
    keep_told(by=by, people=subjects, now=now)


def _dues(story: Story, kind: Collection[int]) -> Iterator[Due]:
    yield from _offers_taken(story) if story.versions else _offers(story, kind)
    yield from _revisits(story)
    yield from _promises(story)
    yield from _news(story)
    yield from _answered(story)
    yield from _surveys(story)
    yield from _not_sent(story)
    yield from _not_arrived(story)


def _due(
    story: Story,
    kind: str,
    key: str,
    why: str,
    what_if_not: Consequence,
    raised_at: datetime,
    by: datetime,
    late_from: datetime,
    done: tuple[datetime, How] | None = None,
    case: str = "",
    queue: str = "",
    facts: Mapping[str, str] | None = None,
) -> Due:
    cases = sorted(story.victim.cases.values())
    agreement = story.agreement
    return Due(
        kind=kind, key=key, about=("victim", story.victim.reference), of_case=_home(story, case), cases=tuple(cases),
        queue=queue, why=why,
        what_if_not=what_if_not, owner=agreement.officer_id if agreement else None, facts=facts or {},
        raised_at=min(raised_at, by), due_at=by, overdue_from=late_from, done_at=done[0] if done else None,
        how=done[1] if done else None,
    )  # fmt: skip


def _home(story: Story, case: str) -> str:
    """The case by which it is reached: the officer's own where they have one of hers, so that it comes onto their list."""
    officer = story.agreement.officer_id if story.agreement else None
    own = [called for called, owner in story.owners.items() if officer is not None and owner == officer]
    return min(own) if own else case or max(story.victim.cases.values())


def _offers(story: Story, kind: Collection[int]) -> Iterator[Due]:
    """Nobody has agreed anything with them: to be offered within a working day of when we learnt of the first case."""
    live = {case for case, called in story.victim.cases.items() if called in story.live_cases and case in kind}
    if live:
        case = min(live)
        yield _offer(story, story.live_cases[story.victim.cases[case]], story.victim.cases[case], None)


def _offer(story: Story, since: datetime, case: str, done: datetime | None) -> Due:
    by = end_of(revisit_due(Occasion.REPORT, since))
    return _due(
        story, OFFER, str(story.victim.person.pk), NOT_OFFERED, Consequence.VOICE_UNHEARD, since, by, by,
        (done, How.DONE) if done else None, case, "agreements",
    )  # fmt: skip


def _offers_taken(story: Story) -> Iterator[Due]:
    """It was agreed or declined: what was due before is done."""
    first = story.versions[0]
    live = story.live_cases
    if live:
        case = min(live, key=lambda called: live[called])
        done = instant_of_agreement(first)
        if done >= live[case]:
            yield _offer(story, live[case], case, done)


def _revisits(story: Story) -> Iterator[Due]:
    yield from (_revisit(story, one) for one in story.revisits)
    for place, version in enumerate(story.versions):
        if version.next_revisit_on is not None and version.agreed_on is not None:
            following = story.versions[place + 1] if place + 1 < len(story.versions) else None
            yield from _planned(story, version, following)


def _planned(story: Story, version: AgreementVersion, following: AgreementVersion | None) -> Iterator[Due]:
    """Where nothing happened before, it is asked again on the day that was agreed; any later version answers that."""
    if version.next_revisit_on is None:
        return
    raised_at = max(instant_of_agreement(version), start_of(version.next_revisit_on) - PLANNED_AHEAD)
    done = instant_of_agreement(following) if following is not None else None
    if done is None or done >= raised_at:
        by = end_of(version.next_revisit_on)
        yield _due(
            story, REVISIT, f"planned:{version.pk}", WAS_PLANNED, Consequence.GOES_STALE, raised_at, by, by,
            (done, How.DONE) if done else None, queue="agreements",
        )  # fmt: skip


def _revisit(story: Story, one: Revisit) -> Due:
    by = end_of(one.contact.due_day)
    raised_at = min(
        max(each.at, each.learnt_at)
        for each in story.happened
        if RAISES[each.kind].occasion in one.contact.occasions and day_of(each.at) == one.contact.day
    )
    done = None
    if one.done_on is not None:
        asked = next(each for each in reversed(story.versions) if day_of_agreement(each) == one.done_on)
        done = (max(instant_of_agreement(asked), start_of(one.done_on)), How.DONE)
    return _due(
        story, REVISIT, f"{story.victim.person.pk}:{one.contact.day}", one.contact.occasions[0].value,
        Consequence.PROMISE_BROKEN, raised_at, by, by, done, queue="agreements",
    )  # fmt: skip


def _promises(story: Story) -> Iterator[Due]:
    for one in story.promises:
        done = None
        if one.made is not None:
            done = (one.made.at, How.DONE)
        elif one.excuse is not None and not is_open(one):
            done = (one.excuse.at, How.EXCUSED)
        yield _due(
            story, PROMISE, one.promise.known_as, WAS_PROMISED, Consequence.PROMISE_BROKEN, one.promise.promised_at,
            one.promise.due_at, after(one.promise.due_at), done, queue="promises",
        )  # fmt: skip


def _news(story: Story) -> Iterator[Due]:
    for one in story.news:
        if one.is_wanted:
            yield _telling(story, one)


def _telling(story: Story, one: News) -> Due:
    what = one.happened
    done = (what.told_at, How.DONE) if what.told_at is not None else None
    if one.safety is not None:
        by = one.safety.warn_before or one.safety.tell_by
        late_from = by if one.safety.warn_before else after(by)
        facts = {"outer_day": one.safety.outer_due_day.isoformat(), "outer_from": one.safety.outer_from}
        if one.safety.mark:
            facts["mark"] = one.safety.mark
        return _due(
            story, SAFETY_NEWS, what.known_as, what.kind.value, Consequence.HARM_UNWARNED, what.learnt_at, by, late_from, done,
            what.case, "telling", facts,
        )  # fmt: skip
    if one.code is None:
        raise ValueError("news is of the Code or of safety")
    by = end_of(one.code.due_day)
    facts = {"mark": one.code.mark} if one.code.mark else {}
    return _due(
        story, CODE_NOTICE, what.known_as, what.kind.value, Consequence.LIMIT_OF_LAW, what.learnt_at, by, by, done, what.case,
        "telling", facts,
    )  # fmt: skip


_GRAVITY: Final[Mapping[Follows, Consequence]] = {
    Follows.LESS_SAFE: Consequence.HARM_UNWARNED, Follows.CONTACT: Consequence.HARM_UNWARNED,
    Follows.CALL: Consequence.PROMISE_BROKEN, Follows.REACH: Consequence.HARM_UNWARNED,
}  # fmt: skip


def _answered(story: Story) -> Iterator[Due]:
    """What she answered asks somebody to speak with her today; that how she is reached has changed, for a new agreement too."""
    for one in story.answered:
        by = contact_by(one.given_at)
        for why in one.follows:
            done = story.followed_up(one, why)
            yield _due(
                story, HER_ANSWER, f"{one.key}:{why.value}", why.value, _GRAVITY[why], one.given_at, by, by,
                (done, How.DONE) if done else None, queue="surveys",
            )  # fmt: skip


def _surveys(story: Story) -> Iterator[Due]:
    """At some stages she is asked how she was treated, where she said that she may be (M5)."""
    agreement = story.agreement
    if agreement is None or not agreement.survey_consent:
        return
    invited = sorted(one.at for one in story.invited if one.is_survey and not (one.failed_at or one.ended_at))
    for stage in survey_stages((RAISES[one.kind].occasion, one.at) for one in story.happened):
        if stage.at < instant_of_agreement(story.versions[0]):
            continue
        by = end_of(stage.due_day)
        asked_at = next((at for at in invited if at >= stage.at), None)
        done = (asked_at, How.DONE) if asked_at is not None else _was_not_asked(story, stage)
        yield _due(
            story, SURVEY, f"{story.victim.person.pk}:{stage.occasion.value}:{day_of(stage.at)}", stage.occasion.value,
            Consequence.VOICE_UNHEARD, stage.at, by, by, done, queue="surveys",
        )  # fmt: skip


def _was_not_asked(story: Story, stage: SurveyStage) -> tuple[datetime, How] | None:
    """It was decided with a reason that she is not asked after this stage: above all where that is not safe."""
    said = (one for one in story.not_invited if one.occasion == stage.occasion and one.on >= day_of(stage.at))
    first = min((one.known_from for one in said), default=None)
    return (max(first, stage.at), How.EXCUSED) if first is not None else None


def _not_sent(story: Story) -> Iterator[Due]:
    """A link that could not be sent comes back: somebody finds another way to ask her, by the next working day. A letter that did
    not reach her is work as any letter is.
    """
    for one in story.invited:
        if one.failed_at is None or one.is_letter:
            continue
        by = end_of(working_days_after(day_of(one.failed_at), 1).due_day)
        later = (each.at for each in story.invited if each.at > one.at)
        done = min([*later, *([one.ended_at] if one.ended_at else [])], default=None)
        spoken = story.spoken_after(one.failed_at)
        done = min((at for at in (done, spoken) if at is not None), default=None)
        yield _due(
            story, NOT_SENT, str(one.number), LINK_FAILED, Consequence.VOICE_UNHEARD, one.failed_at, by, by,
            (done, How.DONE) if done else None, queue="surveys",
        )  # fmt: skip


def _not_arrived(story: Story) -> Iterator[Due]:
    """What a letter was to tell is told by another way, by the next working day, until somebody has spoken with them."""
    for one in story.not_arrived:
        by = end_of(working_days_after(day_of(one.at), 1).due_day)
        spoken = story.spoken_after(one.at)
        yield _due(
            story, LETTER_LOST, one.message, LETTER_CAME_BACK if one.reason in CAME_BACK else LETTER_HELD,
            Consequence.VOICE_UNHEARD, one.at, by, by, (spoken, How.DONE) if spoken else None, queue="telling",
        )  # fmt: skip


_RULES: Final = {
    OFFER: "VIC-01", REVISIT: "VIC-03", PROMISE: "VIC-04", SAFETY_NEWS: "VIC-05", CODE_NOTICE: "VIC-05", HER_ANSWER: "VIC-08",
    SURVEY: "VIC-03", NOT_SENT: "VIC-02", LETTER_LOST: "VIC-02",
}  # fmt: skip

SOURCE: Final = Source(
    key="victims",
    topics=frozenset({VICTIMS, CASES, PLACED, PEOPLE}),
    rules=_RULES,
    whys=frozenset(
        {NOT_OFFERED, WAS_PROMISED, WAS_PLANNED, LINK_FAILED, LETTER_HELD, LETTER_CAME_BACK}
        | {one.value for kinds in (Follows, Happening, Occasion) for one in kinds}
    ),
    queues=frozenset({"telling", "promises", "agreements", "surveys"}),
    every=every_victim,
    named=victims_named,
    due=victims_due,
    keep=keep_what_was_told,
)
