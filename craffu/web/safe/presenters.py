"""What each state of the safe page shows; titles hold a number and nothing else."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from craffu.victims.answering.facts import OpenPage
from craffu.victims.answering.kinds import CHOICES, READ, Question
from craffu.victims.answering.rules import LONGEST_WORDS, asked, place_of
from craffu.victims.voice.rules import NOTICES
from craffu.victims.voice.subjects import NOTICE_VERSION
from craffu.victims.voice.wording import NOTICE_BEGINS, READERS
from craffu.web.safe import words
from craffu.web.safe.forms import CARRIED, NOTHING_TYPED
from craffu.web.translations import draft_count

Shown = Mapping[str, Any]


def _page(title: str, **said: Any) -> Shown:
    return {
        "title": title,
        "problem": "",
        "is_draft": get_language() == "cy" and draft_count() > 0,
        "may_call": False,
        "carries": False,
        **said,
    }


def code(problem: str) -> Shown:
    return _page(_("Enter your code"), problem=problem)


def opens_nothing(*, is_held: bool) -> str:
    """The same for whatever opens nothing; that somebody tries too often may be said, because it is they who try."""
    if is_held:
        return _("Too many tries. Wait a few minutes, then try again.")
    number = settings.CRAFFU_SAFE_PAGE["number"]
    if number:
        return _(
            "That does not open anything. A code works once and for a short time. Ring %(number)s for a new one."
        ) % {"number": number}
    return _(
        "That does not open anything. A code works once and for a short time. Ask whoever gave it to you for a new one."
    )


def has_closed() -> str:
    return _("The page has closed. What you said about your safety is kept. Ask for a new code to go on.")


def begin() -> Shown:
    return _page(_("Continue"))


def question(page: OpenPage, asked_now: Question, problem: str, typed: Mapping[str, str]) -> Shown:
    """`typed` is what she typed and has not answered yet; of what was answered nothing is shown."""
    place, of = place_of(asked_now, page.purpose, page.answers)
    title = _("Question %(place)s of %(of)s") % {"place": place, "of": of}
    shown = dict(_page(title, problem=problem, question=asked_now.value, may_call=True, back=_before(page, asked_now)))
    if asked_now is Question.BEFORE:
        return {
            **shown,
            "title": _("Before you start"),
            "helplines": _helplines(),
            "runs": settings.CRAFFU_SAFE_PAGE["runs"],
        }
    worded = words.QUESTIONS[asked_now]
    choices = [(key, words.CHOICES[asked_now][key]) for key in CHOICES.get(asked_now, ())]
    shown |= {
        "asks": worded.asks,
        "notes": worded.notes,
        "choices": choices,
        "longest": LONGEST_WORDS,
        "typed": {**NOTHING_TYPED, **typed},
    }
    # Whatever may stand in a field goes with her when she changes the language.
    shown |= {"carries": asked_now is not Question.READERS or bool(typed.get(CARRIED))}
    if asked_now is Question.READERS:
        readers = [said for key, said in READERS.items() if key in NOTICES[NOTICE_VERSION]]
        shown |= {"begins": NOTICE_BEGINS, "readers": readers, "ends": (words.READ_BY[page.purpose], words.NEED_NOT)}
    return shown


def _before(page: OpenPage, asked_now: Question) -> str:
    """The question before this one, to which *Back* leads; empty at the first."""
    several = asked(page.purpose, page.answers)
    at = several.index(asked_now) if asked_now in several else 0
    return several[at - 1].value if at > 0 and several[at - 1] in page.answers else ""


def _helplines() -> list[str]:
    return [one.strip() for one in settings.CRAFFU_SAFE_PAGE["helplines"].split(";") if one.strip()]


def check(page: OpenPage, problem: str) -> Shown:
    """That each question is answered, never how: it can be answered anew."""
    several = [one for one in asked(page.purpose, page.answers) if one not in READ]
    rows = []
    for one in several:
        state = _("Answered") if page.answers.get(one) else _("Nothing written")
        rows.append((one.value, words.QUESTIONS[one].asks, state))
    return _page(_("Check"), rows=rows, may_call=True, problem=problem)


def finished(*, is_called: bool) -> Shown:
    return _page(_("Finished"), is_called=is_called)
