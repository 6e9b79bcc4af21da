"""What a victim's pages show of needs, of what was done beside whether they know, of help and rights (P17; VIC-05, VIC-08)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.access.acting import Acting
from craffu.victims.models import EntitlementSaid, NeedAnswer, ReferralStep
from craffu.victims.notices.code import Entitlement
from craffu.victims.queries import Victim
from craffu.victims.safeguarding.kinds import Answer, Felt, Help, Need
from craffu.victims.safeguarding.queries import MeasureStands, counted, measures_of, needs_of
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.presenters import Link, Params, Text
from craffu.web.victims.safety_words import ANSWERS, FELT, HELP, LESS_SAFE, MEASURES, NEEDS, NOT_ASKED, STEPS, UNTOLD
from craffu.web.victims.words import CHANNELS, ENTITLEMENTS


@dataclass(frozen=True, slots=True)
class SafetyCard:
    """The part of a victim's page about safety. `attention` is what somebody has to act on; `measures` is None for none."""

    attention: tuple[str, ...]
    needs: tuple[str, ...]
    not_asked: tuple[Text, ...]
    measures: Params | None
    more: Link


def safety_card(by: Acting, victim: Victim) -> SafetyCard:
    """Needs that were answered with yes, what was not asked yet, and each measure beside whether they know. Three queries."""
    needs = needs_of(by, victim.records)
    measures = measures_of(by, victim.records)
    said = tuple(
        f"{NEEDS[need]}: {one.words}" if one.words else str(NEEDS[need])
        for need, one in needs.items()
        if one.answer == Answer.YES
    )
    more = Link(_("Safety and help"), reverse("victim_safety", kwargs={"victim": victim.reference}))
    return SafetyCard(attention(measures), said, not_asked(needs), measures_table(measures), more)


def not_asked(needs: Mapping[Need, NeedAnswer]) -> tuple[Text, ...]:
    """Of what nobody has asked them yet, or said that it was not asked."""
    return tuple(
        words for key, words in NEEDS.items() if Need(key) not in needs or needs[Need(key)].answer == Answer.NOT_ASKED
    )


def attention(measures: Sequence[MeasureStands]) -> tuple[str, ...]:
    """What was done for their safety without their knowing, and what left them feeling less safe."""
    told = counted(measures)
    untold = len(told.untold)
    said = []
    if untold:
        words = ngettext(
            "They have not been told of %(number)s step taken for their safety. Until they know, it does not count for them.",
            "They have not been told of %(number)s steps taken for their safety. Until they know, these do not count for them.",
            untold,
        )
        said.append(words % {"number": untold})
    if any(one.felt is Felt.LESS_SAFE for one in measures):
        said.append(_("They feel less safe with something that was done. Ask what would help."))
    return tuple(said)


def measures_table(measures: Sequence[MeasureStands], victim: str = "") -> Params | None:
    """Action, done, told and felt. `victim` is given where the reader may record that they were told."""
    head: list[cells.Heading] = [_("What was done"), _("In words"), _("Done on"), _("Told"), _("How they felt")]
    rows = [
        [
            cells.words(MEASURES[one.measure.kind]),
            cells.lines(one.measure.words.splitlines() or [_("None")]),
            cells.words(day_words(one.measure.done_on)),
            _told(one, victim),
            cells.tag(LESS_SAFE.tag)
            if one.felt is Felt.LESS_SAFE
            else cells.words(FELT[one.felt] if one.felt else _("Not told")),
        ]
        for one in measures
    ]
    return cells.table(_("What was done for their safety"), head, rows, is_hidden=True) if rows else None


def _told(one: MeasureStands, victim: str) -> Params:
    if one.tellings:
        said = [f"{day_words(each.told_on)}, {CHANNELS.get(each.channel, each.channel)}" for each in one.tellings]
        return cells.lines(said)
    if not victim:
        return cells.tag(UNTOLD.tag)
    href = reverse("victim_measure_told", kwargs={"victim": victim, "number": one.measure.pk})
    about = _("%(measure)s, done on %(day)s") % {
        "measure": MEASURES[one.measure.kind],
        "day": day_words(one.measure.done_on),
    }
    return cells.tag_and_link(UNTOLD.tag, Link(_("Record that they were told"), href), about)


def needs_table(needs: Mapping[Need, NeedAnswer]) -> Params:
    """Everything that bears on their life and safety, whether it was asked or not."""
    head: list[cells.Heading] = [_("About"), _("Answer")]
    rows = [[cells.words(words), _answer(needs.get(Need(key)))] for key, words in NEEDS.items()]
    return cells.table(_("Their life and safety"), head, rows, is_hidden=True)


def _answer(said: NeedAnswer | None) -> Params:
    if said is None:
        return cells.tag(NOT_ASKED.tag)
    by = said.recorded_by.name if said.recorded_by else said.source
    when = _("%(name)s, %(day)s") % {"name": by, "day": day_words(said.on)}
    if said.answer == Answer.NOT_ASKED:
        return cells.tag(NOT_ASKED.tag, when)
    return cells.lines([ANSWERS[said.answer], *said.words.splitlines(), when])


def help_table(helps: Mapping[Help, Sequence[ReferralStep]]) -> Params | None:
    """Each kind of help: how it stands, and every step with its day."""
    head: list[cells.Heading] = [_("Help"), _("How it stands"), _("Steps")]
    rows = [
        [
            cells.words(HELP[help]),
            cells.tag(STEPS[steps[-1].step].tag),
            cells.lines(_step(one) for one in steps),
        ]
        for help, steps in helps.items()
    ]
    return cells.table(_("Help"), head, rows, is_hidden=True) if rows else None


def _step(one: ReferralStep) -> str:
    said = f"{STEPS[one.step].words}, {day_words(one.on)}"
    return f"{said}: {one.words}" if one.words else said


def entitlement_rows(said: EntitlementSaid | None) -> Params:
    """Their rights under the Code: enhanced unless somebody decided otherwise and said why."""
    rights = Entitlement(said.entitlement) if said is not None else Entitlement.ENHANCED
    rows: list[tuple[Text, Params]] = [(_("Rights under the Victims’ Code"), cells.words(ENTITLEMENTS[rights]))]
    if said is None:
        rows.append((_("Why"), cells.words(_("By default: nobody decided otherwise"))))
    else:
        by = said.recorded_by.name if said.recorded_by else said.source
        decided = _("%(name)s, %(day)s") % {"name": by, "day": day_words(said.on)}
        rows += [
            (_("Why"), cells.words(said.reason or _("No reason was given"))),
            (_("Decided by"), cells.words(decided)),
        ]
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}
