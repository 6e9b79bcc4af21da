"""The only writes of the safe page: it is opened once, each answer is kept encrypted, and it is sent, left or closes by itself;
or taken back afterwards.

VIC-02, VIC-08, VIC-11. `by` is the page itself, which acts for nobody: what it may do hangs on the secret that whoever uses it
holds. Nothing that was answered is ever shown again.
"""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Q

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.common import clock, keyring
from craffu.common.door import action
from craffu.common.languages import Language
from craffu.common.refusals import Refusal
from craffu.outbox.actions import tell
from craffu.victims import events
from craffu.victims.agreements.actions import locked, log
from craffu.victims.answering.facts import Opened, OpenPage, Sent
from craffu.victims.answering.kinds import CALL_ME, GO_ON, SAFETY, YES, Question
from craffu.victims.answering.policies import (
    check_is_answer,
    check_is_whole,
    check_may_take_back,
    check_may_write,
    opens_nothing,
)
from craffu.victims.answering.reading import answers_of, as_kept, last_answered, texts_in
from craffu.victims.answering.rules import (
    OPEN_AGAIN,
    is_answer,
    kept,
    next_question,
    span_of,
    tells_of_contact,
    with_answer,
)
from craffu.victims.inviting.actions import lock_invitation, note_step
from craffu.victims.inviting.kinds import Purpose, Step
from craffu.victims.inviting.queries import invitation_opened_by, steps_of
from craffu.victims.inviting.rules import IDLE, LONGEST, is_closed, still_opens
from craffu.victims.inviting.trust import PAGE
from craffu.victims.models import Answers, Invitation, LogEntry, Sitting
from craffu.victims.noting.kinds import Proof, Way
from craffu.victims.noting.policies import check_has_happened
from craffu.victims.permissions import check_can_look_after, check_is_the_page
from craffu.victims.queries import Victim
from craffu.victims.stories import victims_of_records
from craffu.victims.topics import VICTIM_LOG
from craffu.victims.voice.actions import keep_view
from craffu.victims.voice.facts import NewView
from craffu.victims.voice.rules import NOTICES, ReadersNotice, why_words_are_not_taken
from craffu.victims.voice.subjects import NOTICE_VERSION, MaySee, Subject
from craffu.victims.voice.subjects import Route as ByRoute

_COOKIE_BYTES: Final = 32
log_line = logging.getLogger(__name__)


@action
def open_page(*, by: Acting, secret: str, now: datetime | None = None) -> Opened:
    """Use a code, or what a link ends in: once, by whoever is first. Raises the same refusal for whatever opens nothing."""
    check_is_the_page(by)
    at = now or clock.now()
    row = invitation_opened_by(by, secret) if secret else None
    if row is None:
        raise opens_nothing()
    lock_invitation(by, row.pk)
    victim = _whose(by, row.record_id)
    if victim is None or not still_opens(row.expires_at, steps_of(by, [row.pk]).get(row.pk, {}), at):
        raise opens_nothing()
    try:
        with transaction.atomic():
            note_step(by, row, Step.OPENED, at)
    except IntegrityError as fault:
        raise opens_nothing() from fault
    cookie = secrets.token_urlsafe(_COOKIE_BYTES)
    token = keyring.ring().token("safe page sitting", cookie)
    Sitting.objects.create(
        force=by.force, record_id=row.record_id, invitation=row, token=token, begun_at=at, last_at=at
    )
    log(by, events.PAGE_OPENED, victim, at)
    return Opened(row.language, cookie)


def _whose(by: Acting, record: int) -> Victim | None:
    return next(iter(victims_of_records(by, [record])), None)


def _sitting(by: Acting, cookie: str, now: datetime) -> Sitting | None:
    """The page that this cookie holds open; None where there is none, or it has closed by itself."""
    tokens = keyring.ring().tokens_of_all_keys("safe page sitting", cookie) if cookie else []
    row: Sitting | None = Sitting.objects.for_user(by).filter(token__in=tokens).select_related("invitation").first()
    return None if row is None or _has_closed(row, now) else row


def _has_closed(row: Sitting, now: datetime) -> bool:
    writes = next_question(Purpose(row.invitation.purpose), answers_of(row)) is Question.WORDS
    return is_closed(row.begun_at, row.last_at, now, writes=writes)


def page_of(by: Acting, cookie: str, now: datetime) -> OpenPage | None:
    """The page as it stands for whoever holds the cookie. One query."""
    row = _sitting(by, cookie, now)
    return _as_page(row) if row else None


def _as_page(row: Sitting) -> OpenPage:
    purpose, answers = Purpose(row.invitation.purpose), answers_of(row)
    notice = None
    if row.notice_version and row.notice_shown_at:
        readers = NOTICES[row.notice_version]
        notice = ReadersNotice(row.notice_version, row.notice_language, row.notice_shown_at, readers)
    return OpenPage(row.invitation_id, purpose, next_question(purpose, answers), notice, row.last_at, answers)


def _locked_page(by: Acting, cookie: str, at: datetime) -> tuple[Sitting, Victim]:
    """Whose page it is is looked up first: the victim is locked before the page is read."""
    check_is_the_page(by)
    row = _sitting(by, cookie, at)
    if row is None:
        raise opens_nothing()
    victim = check_is_there(_whose(by, row.record_id))
    victim = locked(by, victim.reference)
    row = _sitting(by, cookie, at)
    if row is None:
        raise opens_nothing()
    return row, victim


@action
def answer(
    *, by: Acting, cookie: str, question: Question, said: str, language: Language, now: datetime | None = None
) -> OpenPage | None:
    """Keep one answer, in place of any before; None where that ends the page. Raises NotNow for what is no answer, or for words
    before she was told of their readers.
    """
    at = now or clock.now()
    row, victim = _locked_page(by, cookie, at)
    check_is_answer(question, is_answer=is_answer(question, said))
    page = _as_page(row)
    if question is Question.WORDS and said.strip():
        check_may_write(was_told=not why_words_are_not_taken(language, at, page.notice))
    if question is Question.READERS and said == GO_ON:
        # She was shown it, in this language, and goes on to write.
        row.notice_version, row.notice_language, row.notice_shown_at = NOTICE_VERSION, language.value, at
    if question is Question.WHEN:
        check_has_happened(span_of(said, None, at).first_at, at)
    row.answers, row.last_at = as_kept(with_answer(page.answers, question, said)), at
    row.save()
    log(by, events.PAGE_ANSWERED, victim, at)
    page = _as_page(row)
    if question is Question.SAFE_NOW and said != YES:
        # It is not safe now, or she wants to be called: nothing more is asked.
        _end(by, row, victim, page, Sent(language.value), at, is_whole=False)
        return None
    return page


@action
def ask_again(*, by: Acting, cookie: str, question: Question, now: datetime | None = None) -> OpenPage:
    """She wants to answer a question anew: it is asked, and what she said stands, unseen, until she has."""
    at = now or clock.now()
    row, victim = _locked_page(by, cookie, at)
    row.answers, row.last_at = as_kept({**answers_of(row), OPEN_AGAIN: question.value}), at
    row.save()
    log(by, events.PAGE_ANSWERED, victim, at)
    return _as_page(row)


@action
def send(*, by: Acting, cookie: str, given: Sent, now: datetime | None = None) -> None:
    """She sends it: her view is given, what she tells of stands in her log. Raises NotNow where a question is left."""
    at = now or clock.now()
    row, victim = _locked_page(by, cookie, at)
    page = _as_page(row)
    check_is_whole(is_whole=page.next is None)
    if page.answers.get(Question.WORDS, "").strip():
        check_may_write(was_told=not why_words_are_not_taken(given.language, at, page.notice))
    row.last_at = at
    _end(by, row, victim, page, given, at, is_whole=True)


@action
def call_instead(*, by: Acting, cookie: str, language: Language, now: datetime | None = None) -> None:
    """She wants to be called and stops here. What she said of her safety is kept; her words, which she did not send, are not."""
    answer(by=by, cookie=cookie, question=Question.SAFE_NOW, said=CALL_ME, language=language, now=now)


@action
def take_back(*, by: Acting, victim: str, number: int, now: datetime | None = None) -> Invitation:
    """She takes back what she answered of how she was treated, without a reason: nobody reads it, no figure counts it from then.

    What her safety hangs on stays, and what follows of it: it may have been taken back for her. Once, however often it is said.
    """
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    rows = Answers.objects.for_user(by).filter(record__in=found.records, invitation=number)
    row = check_is_there(rows.select_related("invitation").first())
    check_may_take_back(is_survey=row.invitation.purpose == Purpose.SURVEY)
    if Step.TAKEN_BACK not in steps_of(by, [number]).get(number, {}):
        note_step(by, row.invitation, Step.TAKEN_BACK, at, user=user)
        log(by, events.ANSWERS_TAKEN_BACK, found, at)
    invitation: Invitation = row.invitation
    return invitation


def erase_answers(by: Acting, invitation: int) -> int:
    """Within the open action, once two people decided it: her words and what she answered are gone for ever (SEC-09).

    What her safety hangs on is left. Returns how many texts are gone.
    """
    gone = 0
    rows = Answers.objects.for_user(by)
    for row in rows.filter(invitation=invitation):
        if texts := texts_in(row):
            kept = {one: said for one, said in answers_of(row).items() if one in SAFETY}
            rows.filter(pk=row.pk).erase(words="", answers=as_kept(kept))
            gone += texts
    return gone


def close_left(by: Acting, now: datetime) -> int:
    """Pages that closed by themselves are ended as if she had left, each in a transaction of its own. Returns how many.

    One query where none has. One that cannot be ended now is left to the next time, and holds up nothing else.
    """
    left = Q(last_at__lte=now - IDLE) | Q(begun_at__lte=now - LONGEST)
    rows = Sitting.objects.for_user(by).filter(left).order_by("id")
    closed = 0
    for number in rows.values_list("pk", flat=True):
        try:
            closed += _close(by=by, number=number, now=now)
        except (DatabaseError, Refusal) as fault:
            log_line.warning("a page could not be closed (%s); it is tried again", type(fault).__name__)
    return closed


@action
def _close(*, by: Acting, number: int, now: datetime) -> bool:
    rows = Sitting.objects.for_user(by).filter(pk=number).select_related("invitation")
    seen = rows.first()
    victim = _whose(by, seen.record_id) if seen else None
    if victim is None:
        return False
    victim = locked(by, victim.reference)
    row = rows.first()
    if row is None or not _has_closed(row, now):
        return False
    _end(by, row, victim, _as_page(row), Sent(row.notice_language), now, is_whole=False)
    return True


def _end(
    by: Acting, row: Sitting, victim: Victim, page: OpenPage, given: Sent, at: datetime, *, is_whole: bool
) -> None:
    """`at` is when it ends; of a page that closed by itself what she said is of when she said it last."""
    invitation = row.invitation
    answers = kept(page.purpose, page.answers, is_whole=is_whole)
    words = answers.pop(Question.WORDS.value, "").strip()
    note_step(by, invitation, Step.FINISHED if is_whole else Step.LEFT, at)
    if answers:
        language = given.language or row.notice_language or invitation.language
        said = _Said(row, page, answers, words, language, row.last_at, at)
        asked_before = last_answered(by, victim)
        _keep_answers(by, said, is_whole=is_whole)
        if tells_of_contact(page.purpose, answers, is_whole=is_whole):
            _enter_in_log(by, said, asked_before)
        if is_whole and page.purpose is Purpose.VIEW and words:
            _give_view(by, victim, said)
    row.delete()
    log(by, events.ANSWERS_RECORDED, victim, at)


@dataclass(frozen=True, slots=True)
class _Said:
    row: Sitting
    page: OpenPage
    answers: Mapping[str, str]
    words: str
    language: str
    at: datetime
    ended_at: datetime

    @property
    def told(self) -> Mapping[str, object]:
        """The notice that she was shown, where there are words."""
        if not self.words:
            return {}
        return {"notice_version": self.row.notice_version, "notice_shown_at": self.row.notice_shown_at}


def _keep_answers(by: Acting, said: _Said, *, is_whole: bool) -> None:
    linked = said.answers.get(Question.LINKED)
    # What happened stands in her log, word for word, and is not kept twice.
    is_log = said.page.purpose is Purpose.LOG
    Answers.objects.create(
        force=by.force, record_id=said.row.record_id, invitation_id=said.page.invitation, given_at=said.at,
        language=said.language, is_whole=is_whole, may_be_linked=None if linked is None else linked == YES,
        answers=as_kept(dict(said.answers)), words="" if is_log else said.words, source=PAGE,
        source_key=str(said.page.invitation), known_from=said.ended_at, **({} if is_log else said.told),
    )  # fmt: skip


def _enter_in_log(by: Acting, said: _Said, asked_before: datetime | None) -> None:
    """Contact that she tells of: held against the orders that protect her, where she said that it may be."""
    answers, at = said.answers, said.at
    span = span_of(answers.get(Question.WHEN, ""), asked_before, at)
    is_log = said.page.purpose is Purpose.LOG
    entry = LogEntry.objects.create(
        force=by.force, record_id=said.row.record_id, happened_from=span.first_at, happened_to=span.last_at,
        is_day_only=span.is_day_only, way=answers.get(Question.HOW, Way.NOT_SAID.value),
        through_others={YES: True, "no": False}.get(answers.get(Question.THROUGH, "")),
        words=said.words if is_log else "", language=said.language, proof=answers.get(Question.PROOF, Proof.NOT_SAID.value),
        for_ledger=answers.get(Question.LEDGER, YES) == YES, given_at=at, route=ByRoute.PAGE.value,
        invitation_id=said.page.invitation, source=PAGE, source_key=f"log/{said.page.invitation}", known_from=said.ended_at,
        **(said.told if is_log else {}),
    )  # fmt: skip
    tell(force=by.force.code, topic=VICTIM_LOG, subjects=[entry.pk], at=said.ended_at)


def _give_view(by: Acting, victim: Victim, said: _Said) -> None:
    """Her words are her view (REV-02, VIC-11): what a review of the order hears. A choice without words is none."""
    view = NewView(
        subject=Subject.REVIEW, words=said.words, language=said.language, route=ByRoute.PAGE, notice=said.page.notice,
        may_see=(MaySee.ORDERS_TEAM,),
    )  # fmt: skip
    keep_view(by, victim, view, None, said.ended_at, source=PAGE, source_key=str(said.page.invitation))
