"""What the safe page asks and offers, in words that say as little as they can of whose page it is (page map, P20)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.victims.answering.kinds import (
    CALL_ME,
    CHANGED,
    GO_ON,
    LEAVE_OUT,
    LESS_SAFE,
    RATHER_NOT,
    RING_FIRST,
    YES,
    Question,
)
from craffu.victims.inviting.kinds import Purpose
from craffu.victims.noting.kinds import Proof, Way
from craffu.web.presenters import Text


@dataclass(frozen=True, slots=True)
class Worded:
    """A question as it is asked; `notes` stand below it."""

    asks: Text
    notes: tuple[Text, ...] = ()


_RATHER_NOT = _("I would rather not say")
_NOT_WATCHED = _("In danger now? Ring 999. Nobody watches this page day and night.")
_NO_PLACES = _("Do not write where you live, work or can be reached.")

QUESTIONS: Mapping[Question, Worded] = {
    Question.SAFE_NOW: Worded(_("Is it safe for you to answer now?")),
    Question.CONTACT: Worded(
        _(
            "Since we last asked you, or in the last four weeks: has there been any contact, directly, near you or through "
            "somebody else?"
        ),
        (
            _NOT_WATCHED,
            _("If you say yes, we look into it as a possible breach, and somebody gets in touch in the safe way we agreed."),
        ),
    ),
    Question.FEEL: Worded(_("Compared with some weeks ago, how safe do you feel?")),
    Question.INFORMED: Worded(_("Have you been told what was happening?")),
    Question.SERIOUS: Worded(_("Were you taken seriously?")),
    Question.SUPPORTED: Worded(_("Have you felt supported?")),
    Question.ORDER: Worded(
        _("What should happen to the order?"),
        (_("You are not responsible for the decision. We want to hear what you think."),),
    ),
    Question.REACH: Worded(
        _("Is the way in which we reach you still safe?"), (_("If not, we send nothing more before we have spoken with you."),)
    ),
    Question.WHEN: Worded(_("When did it happen?"), (_NOT_WATCHED,)),
    Question.HOW: Worded(_("What happened?")),
    Question.THROUGH: Worded(_("Was it through somebody else?")),
    Question.READERS: Worded(_("Before you write")),
    Question.WORDS: Worded(_("Is there anything you want to tell us? (optional)"), (_NO_PLACES,)),
    Question.PROOF: Worded(
        _("Is there anything that shows it: a message, a picture, a letter?"),
        (_("Keep it where nobody else finds it. Do not send it here: somebody will collect it from you safely."),),
    ),
    Question.LEDGER: Worded(_("May we look into it as a possible breach of the order?")),
    Question.QUOTED: Worded(
        _("May what you wrote be quoted, without your name, in a report that anybody can read?"),
        (_("If not, those who write the report do not see it. You can take this back later."),),
    ),
    Question.LINKED: Worded(
        _("May your answers be read beside your case?"),
        (_("If not, they are only counted, without your name; what concerns your safety is read all the same."),),
    ),
    Question.TELL: Worded(_("How shall we tell you what came of it?")),
}  # fmt: skip


def _how_much(yes: Text, no: Text) -> Mapping[str, Text]:
    return {YES: yes, "partly": _("In part"), "no": no, RATHER_NOT: _RATHER_NOT}


# After who may come to read it: whom else it is for, by what she is asked, and that nothing need be said.
READ_BY: Mapping[str, Text] = {
    Purpose.VIEW: _(
        "Those who look after you and those who manage the order read it too, because it is about the order."
    ),
    Purpose.SURVEY: _("Those who look after you read it too."),
    Purpose.LOG: _("Those who look after you read it too, and those who look into it, if you want it looked into."),
}
NEED_NOT = _(
    "You need not write anything, and you can stop at any time. Do not write where you live, work or can be reached."
)

# In Welsh yes and no are said with the verb of the question, so each has its own.
CHOICES: Mapping[Question, Mapping[str, Text]] = {
    Question.SAFE_NOW: {YES: pgettext_lazy("it is safe", "Yes"), CALL_ME: _("Ring me instead"), "no": _("No, leave now")},
    Question.CONTACT: {
        YES: pgettext_lazy("there was", "Yes"), "no": pgettext_lazy("there was not", "No"),
        "not_sure": _("I am not sure"), RATHER_NOT: _RATHER_NOT,
    },
    Question.FEEL: {
        "safer": _("Safer"), "same": pgettext_lazy("safe", "The same"), LESS_SAFE: _("Less safe"), RATHER_NOT: _RATHER_NOT,
    },
    Question.INFORMED: _how_much(pgettext_lazy("I have", "Yes"), pgettext_lazy("I have not", "No")),
    Question.SERIOUS: _how_much(pgettext_lazy("I was", "Yes"), pgettext_lazy("I was not", "No")),
    Question.SUPPORTED: _how_much(pgettext_lazy("I have", "Yes"), pgettext_lazy("I have not", "No")),
    Question.ORDER: {
        "keep": _("It should stay as it is"), "change": _("It should be changed"), "end": _("It should end"),
        "not_sure": _("I am not sure"), RATHER_NOT: _RATHER_NOT,
    },
    Question.REACH: {
        "still_safe": _("Yes, it is still safe"), CHANGED: _("No, something has changed"), RATHER_NOT: _RATHER_NOT,
    },
    Question.HOW: {
        Way.IN_PERSON: _("Somebody came to me or near me"), Way.WATCHED: _("I was watched or followed"),
        Way.CALL: _("A call"), Way.MESSAGE: _("A message"), Way.ONLINE: _("Something online"),
        Way.POST: _("Something by post or left for me"), Way.DAMAGE: _("Something was damaged or taken"),
        Way.OTHER: _("Something else"), Way.NOT_SAID: _RATHER_NOT,
    },
    Question.THROUGH: {
        "no": pgettext_lazy("it was not", "No"), YES: pgettext_lazy("it was", "Yes"),
        "not_sure": _("I am not sure"), RATHER_NOT: _RATHER_NOT,
    },
    Question.PROOF: {
        Proof.KEPT: _("Yes, and I keep it safely"), Proof.NOT_KEPT: pgettext_lazy("there is not", "No"),
        Proof.ASK_ME: _("Ask me when we speak"),
        Proof.NOT_SAID: _RATHER_NOT,
    },
    Question.LEDGER: {YES: pgettext_lazy("you may", "Yes"), "no": pgettext_lazy("you may not", "No")},
    Question.QUOTED: {YES: pgettext_lazy("it may", "Yes"), "no": pgettext_lazy("it may not", "No")},
    Question.LINKED: {YES: pgettext_lazy("they may", "Yes"), "no": pgettext_lazy("they may not", "No")},
    Question.TELL: {
        "as_agreed": _("As we agreed"), RING_FIRST: _("Ring me first"), "not_needed": _("You need not tell me"),
        RATHER_NOT: _RATHER_NOT,
    },
    Question.READERS: {GO_ON: _("I have read it and want to write"), LEAVE_OUT: _("I do not want to write anything")},
}  # fmt: skip
