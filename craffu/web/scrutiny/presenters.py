"""What the pages of interviews show: who was asked by reference alone, consent as it stands, words where it covers them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from craffu.scrutiny.destroying.kinds import Of
from craffu.scrutiny.interviewing.kinds import Use, Whom
from craffu.scrutiny.interviewing.queries import Answered, InterviewStands
from craffu.scrutiny.interviewing.rules import CONSENT_VERSION, CONSENTS, Point
from craffu.scrutiny.models import Destruction, Interview, LiveRisk
from craffu.scrutiny.sampling.kinds import Inclusion, Unit
from craffu.web import cells
from craffu.web.court.words import instant_words
from craffu.web.presenters import Link, Params, Text
from craffu.web.scrutiny import words
from craffu.web.statuses import Status


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One question in the interview's language, what was said, and what can be done next."""

    key: str
    question: str
    words: str = field(repr=False)
    note: str = field(repr=False)
    quotes: tuple[str, ...] = field(repr=False)
    withheld: str
    lost: int
    write: Link | None
    quote: Link | None


def spoken(text: Text, language: str) -> str:
    """A text in the language of the interview, whatever the reader's."""
    with translation.override(language):
        return str(text)


def consent_words(language: str) -> tuple[str, ...]:
    """What is read out before consent, in order."""
    told = CONSENTS[CONSENT_VERSION]
    return tuple(spoken(words.CONSENT[one], language) for one in Point if one in told)


def whom_words(one: Interview) -> Text:
    if one.whom == Whom.VICTIM:
        return words.WHOM[Whom.VICTIM]
    return _("%(work)s. %(station)s") % {"work": words.POSTS[one.post], "station": words.BANDS[one.band]}


def consent_status(stands: InterviewStands) -> Status:
    return _status(stands.uses, was_asked=bool(stands.consents))


def _status(uses: frozenset[str], *, was_asked: bool) -> Status:
    if Use.KEEP not in uses:
        return words.TAKEN_BACK if was_asked else words.NOT_ASKED
    return words.CONSENTED if Use.QUOTE in uses else words.NOT_QUOTED


def interviews_table(
    listed: Iterable[Interview], uses: Mapping[int, frozenset[str]], asked: Iterable[int]
) -> Params | None:
    """Interviews, the last first. `uses` is what stands of each, `asked` those in which consent was given at all."""
    given = set(asked)
    head: list[cells.Heading] = [
        _("Interview"), _("With whom"), _("Held"), _("Review and question"), _("Asked by"), _("Consent"),
    ]  # fmt: skip
    rows = [
        [
            cells.link(Link(one.reference, reverse("interview_detail", kwargs={"interview": one.reference}))),
            cells.words(whom_words(one)),
            cells.words(instant_words(one.held_at)),
            cells.lines([one.review, words.REVIEW_QUESTIONS[one.question]]),
            cells.words(one.by.name),
            cells.tag(_status(uses[one.pk], was_asked=one.pk in given).tag),
        ]
        for one in listed
    ]
    return cells.table(_("Interviews"), head, rows, is_hidden=True) if rows else None


def interview_facts(stands: InterviewStands) -> Params:
    """The interview, and every word on its consent."""
    one = stands.interview
    rows: list[tuple[Text, Params]] = [
        (_("With whom"), cells.words(whom_words(one))),
        (_("Held"), cells.words(instant_words(one.held_at))),
        (_("Language"), cells.words(words.LANGUAGES[one.language])),
        (_("Review and question"), cells.lines([one.review, words.REVIEW_QUESTIONS[one.question]])),
        (_("Asked by"), cells.words(one.by.name)),
        (_("Questions"), cells.words(_("Version %(number)s") % {"number": one.schedule})),
        (_("Consent"), cells.tag(consent_status(stands).tag)),
    ]
    for given in stands.consents:
        rows.append((_("Consent given"), cells.lines([
            instant_words(given.given_at),
            *(words.USES[use] for use in Use if use in given.uses),
            words.BY_WHOM[given.by_whom],
            _("Words on consent: version %(number)s, %(language)s, read %(when)s") % {
                "number": given.words_version, "language": words.LANGUAGES[given.words_language],
                "when": instant_words(given.read_at),
            },
            *([_("Told who may come to read their words: notice %(number)s, %(when)s") % {
                "number": given.notice_version, "when": instant_words(given.notice_shown_at),
            }] if given.notice_version and given.notice_shown_at else []),
        ])))  # fmt: skip
    for back in stands.withdrawals:
        what = words.TAKEN_BACK.words if Use.KEEP in back.uses else _("No longer to be quoted")
        rows.append((_("Taken back"), cells.lines([instant_words(back.at), what])))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def answers_shown(stands: InterviewStands) -> list[AnswerShown]:
    """Every question in order."""
    return [_answer(stands, one) for one in stands.answers]


def _answer(stands: InterviewStands, one: Answered) -> AnswerShown:
    interview = stands.interview
    parts = {"interview": interview.reference, "question": one.key}
    is_there = one.answer is not None and not one.is_withheld
    write = Link(
        _("Change or add to it") if is_there else _("Write down the answer"), reverse("interview_answer", kwargs=parts)
    )
    quote = Link(_("Mark a passage as a quote"), reverse("interview_quote", kwargs=parts))
    return AnswerShown(
        key=one.key,
        question=spoken(words.QUESTIONS[one.key], interview.language),
        words=one.words,
        note=one.note,
        quotes=tuple(quoted.words for quoted in one.quotes if not quoted.is_withheld),
        withheld=str(words.DESTROYED if one.is_destroyed else words.WITHHELD) if one.is_withheld else "",
        lost=sum(quoted.is_withheld for quoted in one.quotes),
        write=write if stands.is_kept else None,
        quote=quote if one.may_be_quoted else None,
    )


def risks_shown(risks: Iterable[LiveRisk]) -> Params | None:
    """Dangers told of, and whether the force has acted; of what it wrote nothing."""
    head: list[cells.Heading] = [_("Referred"), _("What may happen"), _("What came of it")]
    rows = [
        [
            cells.words(instant_words(one.known_from)),
            cells.words(words.DANGERS[one.danger]),
            cells.tag(words.ACTED.tag, words.DONE[one.acted.done])
            if hasattr(one, "acted")
            else cells.tag(words.WAITS.tag),
        ]
        for one in risks
    ]
    return cells.table(_("Dangers told on"), head, rows) if rows else None


def _seen_in(one: LiveRisk) -> tuple[Unit, str] | None:
    """Of a danger seen in a review the case or order: its reviewer knows it by a number alone, and the force has to act."""
    if one.review is None:
        return None
    case = one.review.case
    return Inclusion.read(case.sample.inclusion).unit, case.reference


def risk_refs(one: LiveRisk) -> list[str]:
    """What a page of a danger shows, for the log."""
    seen_in = _seen_in(one)
    return [f"live_risk/{one.reference}", *([] if seen_in is None else ["/".join(seen_in)])]


def risk_facts(one: LiveRisk) -> Params:
    """A danger for the force: what it was told, and who told it."""
    seen_in = _seen_in(one)
    rows: list[tuple[Text, Params]] = [
        (_("What may happen"), cells.words(words.DANGERS[one.danger])),
        *(
            []
            if seen_in is None
            else [(_("Seen in a review of"), cells.words(f"{words.UNITS[seen_in[0]]} {seen_in[1]}"))]
        ),
        (_("What the force was told"), cells.words(one.told)),
        (_("Referred by"), cells.lines([one.by.name, one.reach, instant_words(one.known_from)])),
    ]
    if hasattr(one, "acted"):
        acted = one.acted
        rows.append((_("What came of it"), cells.tag(words.ACTED.tag, words.DONE[acted.done])))
        rows.append((_("What was done"), cells.lines([acted.words, acted.by.name, instant_words(acted.known_from)])))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def _whose(one: Destruction) -> str:
    """Of a victim's answers the number of their invitation: whose they are, whoever decides need not know."""
    if one.of == Of.SURVEY:
        return _("%(what)s, number %(number)s") % {"what": words.OF[one.of], "number": one.invitation_id}
    return f"{words.OF[one.of]}: {one.interview.reference if one.interview else ''}"


def destructions_table(listed: Iterable[Destruction]) -> Params | None:
    """What it was asked to destroy, the last first, and what was decided."""
    head: list[cells.Heading] = [_("Words"), _("Whose"), _("Asked by"), _("Asked"), _("Decision")]
    rows = [
        [
            cells.link(Link(one.reference, reverse("destruction_detail", kwargs={"destruction": one.reference}))),
            cells.words(_whose(one)),
            cells.words(one.by.name),
            cells.words(instant_words(one.known_from)),
            cells.tag(
                words.DECIDED[one.decided.decision].tag if hasattr(one, "decided") else words.WAITS_TO_BE_DECIDED.tag
            ),
        ]
        for one in listed
    ]
    return cells.table(_("Words to destroy"), head, rows, is_hidden=True) if rows else None


def destruction_facts(one: Destruction, texts: int) -> Params:
    """Everything that whoever decides is told: whose, how much, who asked. `texts` is what would be destroyed now."""
    rows: list[tuple[Text, Params]] = [
        (_("Whose"), cells.words(_whose(one))),
        (_("Asked by"), cells.lines([one.by.name, instant_words(one.known_from)])),
    ]
    if not hasattr(one, "decided"):
        rows.append((_("Texts that were taken back"), cells.number(texts)))
    else:
        decided = one.decided
        rows.append((_("Decision"), cells.tag(words.DECIDED[decided.decision].tag)))
        rows.append((_("Decided by"), cells.lines([decided.by.name, instant_words(decided.known_from)])))
        if decided.texts:
            rows.append((_("Texts destroyed"), cells.number(decided.texts)))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}
