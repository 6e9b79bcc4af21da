"""What the pages about questions by the safe page show."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.clocks.london import local_time
from craffu.common.languages import Language
from craffu.victims.answering.facts import Answered
from craffu.victims.answering.kinds import ASKED, READ, SAFETY, WRITTEN_ONLY
from craffu.victims.inviting.facts import InvitationStands, Invited
from craffu.victims.inviting.kinds import Purpose, Route, Step
from craffu.victims.inviting.rules import in_groups
from craffu.web import cells
from craffu.web.court.words import instant_words
from craffu.web.presenters import Link, Params
from craffu.web.safe import words as asked_words
from craffu.web.statuses import Status
from craffu.web.victims.asking_words import OVER, PURPOSES, ROUTES, STEPS, WAITS
from craffu.web.victims.words import CHANNELS, LANGUAGES, OCCASIONS

# What says most about an invitation, first.
_TELLS = (Step.NOT_HERS, Step.TAKEN_BACK, Step.FINISHED, Step.LEFT, Step.OPENED, Step.ENDED, Step.NOT_SENT, Step.SENT)


def status_of(one: InvitationStands) -> Status:
    step = next((step for step in _TELLS if step in one.steps), None)
    is_over = not one.is_open and one.route is not Route.LETTER
    if step is not None and not (step is Step.SENT and is_over):
        return STEPS[step]
    return OVER if is_over else WAITS


def way_words(one: InvitationStands) -> str:
    is_link = one.route is Route.LINK
    return (str(CHANNELS.get(one.channel, "")) if is_link else "") or str(ROUTES[one.route])


def invitations_table(several: Sequence[InvitationStands], victim: str) -> Params | None:
    head: list[cells.Heading] = [_("Asked"), _("What"), _("How"), _("What became of it")]
    rows = []
    for one in several:
        href = reverse("victim_asked", kwargs={"victim": victim, "number": one.number})
        rows.append(
            [
                cells.link(Link(instant_words(one.at), href)),
                cells.words(str(PURPOSES[one.purpose])),
                cells.words(way_words(one)),
                cells.tag(status_of(one).tag),
            ]
        )
    return cells.table(_("Questions by the safe page"), head, rows) if rows else None


def code_shown(made: Invited, host: str) -> dict[str, Any]:
    """The code and where the page is, in her language: on a host of its own, or on the one that serves this page."""
    path = "/cy/t" if made.language == Language.WELSH else "/t"
    where = (settings.CRAFFU_SAFE_PAGE["address"].partition("://")[2] or host) + path
    return {"code": in_groups(made.secret), "where": where, "until": f"{local_time(made.expires_at):%H:%M}"}


def invitation_summary(one: InvitationStands) -> Params:
    rows = [
        (_("What"), str(PURPOSES[one.purpose])),
        (_("How"), way_words(one)),
        (_("Asked"), instant_words(one.at)),
        (_("Opens until"), instant_words(one.expires_at)),
        (_("Order"), one.order),
        (_("After"), str(OCCASIONS.get(one.occasion, ""))),
        *((str(STEPS[step].words), instant_words(at)) for step, at in one.steps.items()),
    ]
    return {"rows": [{"key": {"text": key}, "value": {"text": value}} for key, value in rows if value]}


def may_distrust(one: InvitationStands) -> bool:
    return Step.OPENED in one.steps and Step.NOT_HERS not in one.steps


def may_take_back(given: Answered | None) -> bool:
    """What they answered of how they were treated is theirs to take back, and to have destroyed."""
    is_survey = given is not None and given.purpose is Purpose.SURVEY
    return is_survey and given is not None and (not given.is_taken_back or given.texts_left > 0)


def answers_summary(given: Answered) -> Params:
    """Each question with its answer in words; what was not answered is said."""
    rows = []
    for question in ASKED[given.purpose]:
        if question in READ or question in WRITTEN_ONLY:
            continue
        if given.is_apart and question not in SAFETY:
            continue
        said = given.answers.get(question.value, "")
        choices = asked_words.CHOICES.get(question, {})
        words = str(choices.get(said, said)) or _("Not answered")
        rows.append((str(asked_words.QUESTIONS[question].asks), words))
    if given.is_taken_back:
        rows.append((_("The rest"), _("They took it back: nobody reads it, and no figure counts it.")))
    elif given.is_apart:
        rows.append((_("The rest"), _("They do not want it read beside their case: it is only counted.")))
    rows.append((_("Language"), str(LANGUAGES.get(given.language, given.language))))
    rows.append(
        (_("Sent by them"), instant_words(given.given_at) if given.is_whole else _("No: they left before the end"))
    )
    return {"rows": [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]}
