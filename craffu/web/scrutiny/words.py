"""Interviews of practice in words: whom, what is asked, what is read out on consent, and what danger (M3, M5, VIC-08)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.scrutiny.destroying.kinds import Decision, Of
from craffu.scrutiny.interviewing.kinds import Band, ByWhom, Danger, Done, Post, ReviewQuestion, Use, Whom
from craffu.scrutiny.interviewing.rules import Point
from craffu.scrutiny.sampling.kinds import Unit
from craffu.web.presenters import Text
from craffu.web.statuses import Status

WHOM: Mapping[str, Text] = {
    Whom.STAFF: _("Somebody who works for the force"),
    Whom.VICTIM: pgettext_lazy("interview", "A victim"),
}
POSTS: Mapping[str, Text] = {
    Post.CALL_TAKER: _("Takes calls"),
    Post.RESPONSE: _("Response officer"),
    Post.INVESTIGATOR: _("Investigator"),
    Post.SUPERVISOR: _("Supervisor"),
    Post.COORDINATOR: _("Stalking coordinator or champion"),
    Post.OFFENDER_MANAGER: _("Offender manager"),
    Post.ORDERS_TEAM: _("Civil orders team"),
    Post.VICTIM_CARE: _("Victim contact officer"),
    Post.SENIOR: _("Chief inspector or above, or the like among staff"),
    Post.OTHER: _("Other work"),
}
BANDS: Mapping[str, Text] = {
    Band.SMALL: _("Fewer than 20 people work there"),
    Band.MIDDLE: _("20 to 99 people work there"),
    Band.LARGE: _("100 or more people work there"),
    Band.WHOLE_FORCE: _("Works for the whole force"),
}
REVIEW_QUESTIONS: Mapping[str, Text] = {
    ReviewQuestion.SUPPORTED: _("Are victims supported?"),
    ReviewQuestion.PREVENTED: _("Is future offending prevented?"),
    ReviewQuestion.JUSTICE: _("Is the criminal justice system used effectively?"),
    ReviewQuestion.ALL: _("All three questions"),
}
UNITS: Mapping[str, Text] = {Unit.CASE: _("Case"), Unit.ORDER: _("Order")}
LANGUAGES: Mapping[str, Text] = {"cy": pgettext_lazy("language", "Welsh"), "en": pgettext_lazy("language", "English")}
USES: Mapping[str, Text] = {
    Use.KEEP: _("Their words are kept and read by those who scrutinise the force"),
    Use.QUOTE: _("Their words are quoted, without anything that names them"),
}
BY_WHOM: Mapping[str, Text] = {
    ByWhom.SELF: _("They said so themselves"),
    ByWhom.INTERPRETER: _("They said so through an interpreter"),
    ByWhom.ADVOCATE: _("They said so with their advocate beside them"),
}
CONSENT_TITLE = _("Before we begin")
# Read out in the language of the interview; changed words are a new version in interviewing/rules.py.
CONSENT: Mapping[str, Text] = {
    Point.CHOICE: _("You choose whether to take part. You need not answer anything, and you need not say why."),
    Point.PURPOSE: _(
        "What you say is used to find out how well the force deals with stalking and harassment, and for nothing else."
    ),
    Point.APART: _(
        "It is kept apart from every case. Nobody who works on cases can open it, and it is in nobody’s record."
    ),
    Point.NO_NAME: _("Your name is not written down. You have a reference instead: keep it."),
    Point.QUOTES: _("You may be quoted only if you agree to that, and never with anything that names you."),
    Point.STOP: _(
        "You can stop at any time, and take your words back afterwards with the reference. From then on they are in no"
        " quote. What was published before cannot be called back."
    ),
    Point.DANGER: _(
        "One thing we cannot keep to ourselves: if you tell us that somebody is in danger now, we tell the police at once"
        " what they need to act, and not the rest."
    ),
}
# By key; a changed question is a new key.
QUESTIONS: Mapping[str, Text] = {
    "work": _("What do you do when stalking or harassment is reported?"),
    "told": _("How does a victim come to know what was done to keep them safe?"),
    "contact": _("What do you agree with victims about contact, and what keeps you from holding to it?"),
    "orders": _("When do you think of asking for an order, and what speaks against it?"),
    "managing": _("How are orders managed once they are made? What helps, and what is missing?"),
    "breaches": _("What happens when an order or bail is broken? Do police, prosecution and courts see it alike?"),
    "training": _("What training have you had about stalking, and what did you do otherwise after it?"),
    "change": _("What one thing would you change?"),
    "first": _("What happened when you first told the police?"),
    "safety": _("What was done to keep you safe? Who told you of it, and did you feel safer?"),
    "kept-informed": _("How did the police keep in touch with you? Was it as you had agreed?"),
    "protection": _("If there was an order or there were conditions: what did they change for you?"),
    "broken": _("If they were broken: what did you do, and what did the police do?"),
    "court": _("If it came to court: what was it like, and were you told what would happen?"),
    "better": _("What should the police do better?"),
}
DANGERS: Mapping[str, Text] = {
    Danger.LIFE: _("Somebody may be killed"),
    Danger.HARM: _("Somebody may be seriously hurt"),
    Danger.CHILD: _("A child may be hurt"),
    Danger.SELF_HARM: _("Somebody may take their own life or hurt themselves"),
    Danger.OFFICER: _("Somebody may be harmed by a person who works for the force"),
}
DONE: Mapping[str, Text] = {
    Done.MADE_SAFE: _("Somebody was made safe"),
    Done.KNOWN: _("It was known, and is being dealt with"),
    Done.NOT_FOUND: _("Nobody could be found: still looking"),
    Done.NO_DANGER: _("There is no danger now"),
}

NOT_ASKED = Status(_("Consent not asked for yet"), "yellow")
CONSENTED = Status(_("Consent stands"), "green")
NOT_QUOTED = Status(_("Consent stands, not to be quoted"), "green")
TAKEN_BACK = Status(_("Consent taken back"), "red")
WAITS = Status(_("The force has not said yet what it did"), "red")
ACTED = Status(_("The force has acted"), "green")
WITHHELD = _("They took this back. Nobody can read it here.")
DESTROYED = _("They took this back. It is destroyed.")
OF: Mapping[str, Text] = {
    Of.INTERVIEW: _("An interview of practice"),
    Of.SURVEY: _("Answers of a victim about how they were treated"),
}
DECISIONS: Mapping[str, Text] = {
    Decision.DESTROY: _("Destroy it: it cannot be brought back"),
    Decision.KEEP_HELD: _("Keep it unread: a court, an inquiry or somebody’s own request needs that it is there"),
    Decision.KEEP_IN_ERROR: _("Keep it: nobody took it back, it was recorded in error"),
}
DECIDED: Mapping[str, Status] = {
    Decision.DESTROY: Status(_("Destroyed"), "green"),
    Decision.KEEP_HELD: Status(_("Kept unread, because it is needed"), "yellow"),
    Decision.KEEP_IN_ERROR: Status(_("Kept: asked for in error"), "grey"),
}
WAITS_TO_BE_DECIDED = Status(_("Not decided yet"), "red")
