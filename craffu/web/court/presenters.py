"""What the courts said, as a page tells it: one hearing after another, in words, with the court's own words untouched.

Nothing is worked out here about anybody: an unknown code is shown as it came, and a later message beside the one it replaced.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from craffu.cases.models import ChargeHeard, HearingVersion, ResultGiven
from craffu.cases.story_queries import Noticed
from craffu.intake.adapters import ADAPTERS
from craffu.web.court.reading import OFFENCE, QUALIFIER, RESULT, Story
from craffu.web.court.words import (
    BAIL,
    FINDINGS,
    PLEAS,
    PRESENCE,
    day_and_time,
    day_words,
    instant_words,
    length_words,
    pounds,
)
from craffu.web.presenters import Link, Params, Text
from craffu.web.references import address_of
from craffu.web.statuses import NO_OUTCOME, OUTCOME_STATUS, SOURCE_WORDS

# Doubts that the page shows at the value itself.
_SHOWN_AT_THE_VALUE = frozenset(
    {
        "offence_code_unknown",
        "result_code_unknown",
        "court_unknown",
        "qualifier_unknown",
        "plea_unknown",
        "finding_unknown",
        "bail_status_unknown",
        "presence_unknown",
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """A value in words. `is_english` marks words of the official lists, which have no Welsh; `code` stands beside them."""

    text: Text
    code: str = ""
    is_english: bool = False
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody a page names: their name as the sources give it, and the way to their page."""

    reference: str
    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class NextHearing:
    """Where and when the case goes on. `offences` are named only where they go different ways."""

    when: str
    court: Said | None
    reason: str
    bail: Said | None
    offences: str = ""


@dataclass(frozen=True, slots=True)
class ResultShown:
    title: Said | None
    words: str
    details: tuple[str, ...]
    qualifiers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ChargeShown:
    """An offence as it stood at one hearing. `same_since` says when its wording was first shown, where that is earlier."""

    key: int
    number: str
    title: Said
    wording: str
    same_since: str
    facts: tuple[tuple[str, str], ...]
    plea: Said | None
    finding: Said | None
    finished: str
    results: tuple[ResultShown, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something odd that intake noticed in a message: what it means, what to do, how often."""

    sentence: str
    suggestion: str
    number: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message that a later one replaced, and what the later one changed."""

    heading: str
    changed: tuple[str, ...]
    hearing: "HearingShown"


@dataclass(frozen=True, slots=True)
class HearingShown:
    anchor: str
    day: str
    day_iso: str
    at: str
    court: Said
    case: Link
    who: Who | None
    tags: tuple[Params, ...]
    presence: Said | None
    bail: Said | None
    conditions: tuple[str, ...]
    conditions_verbatim: str
    bail_reason: str
    charges: tuple[ChargeShown, ...]
    next: tuple[NextHearing, ...]
    doubts: tuple[Doubt, ...]
    amended: str
    earlier: tuple[Earlier, ...]
    source: str


def coded(words: Mapping[str, Text], code: str) -> Said | None:
    """A code of a short list in words, or as it came where the list does not know it."""
    if not code:
        return None
    return Said(words[code]) if code in words else Said(code, is_listed=False)


def listed(story: Story, list_name: str, code: str) -> Said | None:
    """A code of a long list by its title, or as it came."""
    if not code:
        return None
    title = story.meaning(list_name, code)
    if title is None:
        return Said(code, is_listed=False)
    return Said(title, code, is_english=True) if title else Said(code)


def court(story: Story, place: str) -> Said:
    """A court by its name, or by its code."""
    if not place:
        return Said(_("Court not named"))
    name = story.courts.get(place)
    return Said(name, is_english=True) if name else Said(place, is_listed=False)


def hearings_shown(
    story: Story, versions: Iterable[HearingVersion], who: Callable[[int], Who | None]
) -> list[HearingShown]:
    """Some of a story's hearings in order; `who` names the defendant by source record, where the page has several."""
    first_said: dict[int, tuple[str, date]] = {}
    shown = []
    for version in versions:
        shown.append(_hearing(story, version, who(version.hearing.role.record_id), first_said))
        for charge in version.charges.all():
            if first_said.get(charge.offence_id, ("", None))[0] != charge.wording:
                first_said[charge.offence_id] = (charge.wording, version.hearing.held_on)
    return shown


def _hearing(
    story: Story, version: HearingVersion, who: Who | None, first_said: Mapping[int, tuple[str, date]]
) -> HearingShown:
    hearing, case = version.hearing, version.hearing.case
    doubts = doubts_of([version])
    now = _message(story, version, first_said)
    replaced = story.replaced.get(version.hearing_id, [])
    tags: list[Params] = []
    if replaced:
        tags.append({"text": _("Amended"), "classes": ""})
    if doubts:
        tags.append({"text": _("Doubts: %(number)s") % {"number": len(doubts)}, "classes": "govuk-tag--yellow"})
    return replace(
        now,
        anchor=f"h-{case.reference}-{hearing.held_on}-{hearing.role_id}",
        case=Link(case.reference, address_of("case_detail", "case", case.reference)),
        who=who,
        tags=tuple(tags),
        doubts=tuple(doubts),
        amended=_("This message replaced one received on %(when)s.") % {"when": received_words(replaced[-1])}
        if replaced
        else "",
        earlier=tuple(_earlier(story, replaced, version)),
    )


def _earlier(story: Story, replaced: list[HearingVersion], latest: HearingVersion) -> Iterable[Earlier]:
    for before, after in pairwise([*replaced, latest]):
        told, corrected = _message(story, before, {}), _message(story, after, {})
        yield Earlier(
            heading=_("What the message received on %(when)s said") % {"when": received_words(before)},
            changed=tuple(_changes(told, corrected)),
            hearing=told,
        )


def _message(story: Story, version: HearingVersion, first_said: Mapping[int, tuple[str, date]]) -> HearingShown:
    """One message about a hearing, by itself."""
    charges = list(version.charges.all())
    return HearingShown(
        anchor="",
        day=day_words(version.hearing.held_on),
        day_iso=version.hearing.held_on.isoformat(),
        at=f"{version.held_at:%H:%M}" if version.held_at else "",
        court=court(story, version.court),
        case=Link("", ""),
        who=None,
        tags=(),
        presence=coded(PRESENCE, version.presence),
        bail=coded(BAIL, version.bail_status),
        conditions=tuple(part for piece in version.bail_conditions.split(";") if (part := piece.strip())),
        conditions_verbatim=version.bail_conditions if ";" in version.bail_conditions else "",
        bail_reason=version.bail_reason,
        charges=tuple(_charge(story, charge, first_said.get(charge.offence_id)) for charge in charges),
        next=tuple(_next_hearings(story, version, charges)),
        doubts=(),
        amended="",
        earlier=(),
        source=_("%(source)s, received %(when)s, line %(line)s")
        % {"source": source_words(version.source), "when": received_words(version), "line": version.line},
    )


def _charge(story: Story, charge: ChargeHeard, first_said: tuple[str, date] | None) -> ChargeShown:
    title = listed(story, OFFENCE, charge.offence.code) or Said(_("No offence code"))
    if charge.title:
        title = replace(title, text=charge.title, code=charge.offence.code, is_english=True)
    repeats = first_said is not None and first_said[0] == charge.wording and bool(charge.wording)
    return ChargeShown(
        key=charge.offence_id,
        number=charge.offence.number.lstrip("0"),
        title=title,
        wording="" if repeats else charge.wording,
        same_since=day_words(first_said[1]) if first_said and repeats else "",
        facts=tuple((label, words) for label, words in _charge_facts(charge) if words),
        plea=coded(PLEAS, charge.plea),
        finding=coded(FINDINGS, charge.finding),
        finished={True: _("Yes"), False: _("No"), None: _("Not said")}[charge.final],
        results=tuple(_result(story, result) for result in charge.results.all()),
    )


def _charge_facts(charge: ChargeHeard) -> list[tuple[str, str]]:
    begun, ended = day_and_time(charge.started_on, charge.started_at), day_and_time(charge.ended_on, charge.ended_at)
    when = _("%(start)s to %(end)s") % {"start": begun, "end": ended} if begun and ended and begun != ended else begun
    return [
        (_("Date of offence"), when),
        (_("Charged on"), day_words(charge.charged_on)),
        (_("Convicted on"), day_words(charge.convicted_on)),
    ]


def _result(story: Story, result: ResultGiven) -> ResultShown:
    details = [_("Length: %(length)s") % {"length": words} for one in result.durations if (words := length_words(one))]
    details += [_("Amount: %(amount)s") % {"amount": pounds(amount)} for amount in result.amounts]
    if result.penalty_points:
        details.append(_("Penalty points: %(number)s") % {"number": result.penalty_points})
    return ResultShown(
        title=listed(story, RESULT, result.code),
        words=result.text,
        details=tuple(details),
        qualifiers=tuple(said for code in result.qualifiers if (said := listed(story, QUALIFIER, code))),
    )


def _next_hearings(story: Story, version: HearingVersion, charges: Iterable[ChargeHeard]) -> Iterable[NextHearing]:
    """Each next hearing once, however many offences are put off to it."""
    found: dict[NextHearing, list[str]] = {}
    for charge in charges:
        for result in charge.results.all():
            if not (result.next_on or result.next_court or result.next_reason):
                continue
            differs = result.next_bail_status and result.next_bail_status != version.bail_status
            put_off = NextHearing(
                when=day_and_time(result.next_on, result.next_at) or _("No date given"),
                court=court(story, result.next_court) if result.next_court else None,
                reason=result.next_reason,
                bail=coded(BAIL, result.next_bail_status) if differs else None,
            )
            found.setdefault(put_off, []).append(charge.offence.number.lstrip("0"))
    for put_off, numbers in found.items():
        yield replace(put_off, offences=", ".join(dict.fromkeys(numbers)) if len(found) > 1 else "")


def _changes(told: HearingShown, corrected: HearingShown) -> Iterable[str]:
    """Which parts of a message the next one changed, in words."""
    parts = (
        (_("the court or the time"), lambda m: (m.court, m.at)),
        (_("presence in court"), lambda m: m.presence),
        (_("bail status"), lambda m: m.bail),
        (_("bail conditions"), lambda m: (m.conditions, m.bail_reason)),
        (_("the next hearing"), lambda m: m.next),
    )
    yield from (label for label, part in parts if part(told) != part(corrected))
    before, after = ({charge.key: charge for charge in message.charges} for message in (told, corrected))
    for key in before.keys() | after.keys():
        charge = after.get(key) or before[key]
        name = _("offence %(number)s") % {"number": charge.number} if charge.number else str(charge.title.text)
        if key not in before:
            yield _("%(offence)s: added") % {"offence": name}
        elif key not in after:
            yield _("%(offence)s: no longer there") % {"offence": name}
        elif before[key] != after[key]:
            yield _("%(offence)s: charge, plea, finding or results") % {"offence": name}


def doubts_of(versions: Iterable[HearingVersion | Noticed], *, only: Container[str] | None = None) -> list[Doubt]:
    """What intake noticed about some messages, each kind once; oddities shown at the value itself are left out.

    `only` limits them to some codes.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for version in versions:
        for flag in version.flags:
            code = str(flag["code"])
            if code in _SHOWN_AT_THE_VALUE or (only is not None and code not in only):
                continue
            counts[version.source, code] += 1
    return [_doubt(source, code, number) for (source, code), number in counts.items()]


def _doubt(source: str, code: str, number: int) -> Doubt:
    what, do = ADAPTERS[source].sentence(code)
    return Doubt(_(what), _(do) if do else "", number)


def source_words(source: str) -> Text:
    return SOURCE_WORDS.get(source, source)


def received_words(version: HearingVersion) -> str:
    """When a message was received, in London."""
    return instant_words(version.received_at)


@dataclass(frozen=True, slots=True)
class OffenceShown:
    """One offence as the courts' latest word leaves it."""

    title: Said
    number: str
    case: Link
    who: Who | None
    plea: Said | None
    finding: Said | None
    outcome: Params
    outcome_on: str
    last_heard: str


def offences_shown(story: Story, who: Callable[[int], Who | None]) -> list[OffenceShown]:
    """Each offence once, by its latest hearing, with how it ended."""
    latest: dict[int, tuple[HearingVersion, ChargeHeard]] = {}
    for version in story.counting:
        for charge in version.charges.all():
            latest.pop(charge.offence_id, None)
            latest[charge.offence_id] = (version, charge)
    in_order = sorted(
        latest.values(), key=lambda pair: (pair[0].hearing.case_id, pair[0].hearing.role_id, pair[1].offence.number)
    )
    return [_offence(story, version, charge, who) for version, charge in in_order]


def _offence(
    story: Story, version: HearingVersion, charge: ChargeHeard, who: Callable[[int], Who | None]
) -> OffenceShown:
    shown = _charge(story, charge, None)
    outcome = story.outcomes.get(charge.offence_id)
    case = version.hearing.case
    return OffenceShown(
        title=shown.title,
        number=shown.number,
        case=Link(case.reference, address_of("case_detail", "case", case.reference)),
        who=who(version.hearing.role.record_id),
        plea=shown.plea,
        finding=shown.finding,
        outcome=(OUTCOME_STATUS[outcome.kind] if outcome else NO_OUTCOME).tag,
        outcome_on=day_words(outcome.true_from) if outcome else "",
        last_heard=day_words(version.hearing.held_on),
    )
