"""What the pages of pairs show: both records side by side, what the model weighed, what hangs on it, and what was said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.clocks.london import day_of
from craffu.intake.linking.stakes import Stakes
from craffu.linkage.models import Pair, PairDecided
from craffu.linkage.queries import Agreement, PairStory, counts
from craffu.people.models import Membership, RecordedContact, RecordVersion
from craffu.people.queries import Identity, newest_version
from craffu.people.rules import Said, shown
from craffu.published.intervals import wilson
from craffu.victims.begun import Begun
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words, partial_date_words
from craffu.web.linkage import words
from craffu.web.people.presenters import born_words, name_shown
from craffu.web.presenters import Link, Params, Text
from craffu.web.profiles.words import percent_words
from craffu.web.references import address_of
from craffu.web.statuses import ROLE_WORDS, SEX_WORDS, SOURCE_WORDS


@dataclass(frozen=True, slots=True)
class Side:
    """One record of a pair: whose it is now, every version of it, the tokens of its contacts, and what hangs on it."""

    identity: Identity
    versions: Sequence[RecordVersion]
    tokens: Mapping[str, frozenset[str]]
    stakes: Stakes


def pair_link(reference: str) -> Link:
    return Link(reference, address_of("linkage_pair", "pair", reference))


def merges_link(reference: str) -> Link:
    return Link(reference, address_of("linkage_merges", "person", reference))


def status_of(pair: Pair) -> Params:
    return (words.HELD if pair.held else words.STANDS[pair.stands]).tag


def why_of(pair: Pair) -> Text:
    return words.HELD_WHYS[pair.held] if pair.held else words.WHYS[pair.why]


def probability_words(probability: float | None) -> str:
    """As a percentage cut, never rounded, so that what is under a threshold does not read as if it were at it."""
    if probability is None:
        return _("Not compared by the model")
    return f"{int(probability * 10_000) / 100:.2f}%"


def agreement_words(found: Agreement, today: date) -> str:
    """How far second opinions agree, with what it was worked out from, its interval and its period (MSR-04)."""
    if found.since is None:
        return _("No cases: nobody has given a second opinion yet.")
    low, high = (percent_words(end) for end in wilson(found.agreed, found.of))
    return _(
        "%(share)s of second opinions agree with the first reviewer: %(agreed)s of %(of)s, from %(first)s to %(last)s"
        " (95%% interval %(low)s to %(high)s). Whoever gives one has read the first reviewer’s reason. Source: this register."
    ) % {
        "share": percent_words(found.agreed / found.of), "agreed": found.agreed, "of": found.of, "low": low, "high": high,
        "first": day_words(day_of(found.since)), "last": day_words(today),
    }  # fmt: skip


def pairs_table(rows: Iterable[tuple[PairStory, Identity, Identity, Params]]) -> Params | None:
    head: list[cells.Heading] = [
        _("Pair"), _("One"), _("The other"), (_("Probability"), "numeric"), _("Why it waits"), _("Harm if wrong"),
    ]  # fmt: skip
    found = [
        [
            cells.link(pair_link(story.pair.reference)),
            cells.words(_named(one)),
            cells.words(_named(other)),
            {"text": probability_words(story.pair.probability), "format": "numeric"},
            cells.words(words.WAITS_FOR_ANOTHER if story.waiting else why_of(story.pair)),
            cells.tag(harm),
        ]
        for story, one, other, harm in rows
    ]
    return cells.table(_("Pairs to decide"), head, found, is_hidden=True) if found else None


def _named(identity: Identity) -> str:
    return f"{name_shown(identity)}, {born_words(identity)} ({identity.reference})"


def _newest(side: Side, name: str) -> str:
    said = shown(
        Said(getattr(one, name), one.source, one.true_from, one.received_at, one.pk, one.said_at)
        for one in side.versions
    )
    return said.value if said else ""


def _numbers(side: Side, kind: str) -> str:
    return ", ".join(
        sorted(
            {
                one.normalised
                for version in side.versions
                for one in version.identifiers.all()
                if one.kind == kind and one.standing == "valid"
            }
        )
    )


def _agreement(one: str, other: str) -> Text:
    if not (one and other):
        return _("Not given by both")
    return _("The same") if one.casefold() == other.casefold() else _("They differ")


def sides_table(left: Side, right: Side, titles: tuple[Text, Text]) -> Params:
    """Field by field what each says, and how far they agree. Where somebody lives is compared and never shown (VIC-09)."""
    found: list[tuple[Text, str, str, Text]] = []
    for name, label in (("given_names", _("Given names")), ("family_name", _("Family name"))):
        one, other = _newest(left, name), _newest(right, name)
        found.append((label, one, other, _agreement(one, other)))
    one, other = _newest(left, "born_on"), _newest(right, "born_on")
    found.append((_("Born"), partial_date_words(one), partial_date_words(other), _agreement(one, other)))
    one, other = (str(SEX_WORDS.get(said, said)) for said in (_newest(left, "sex"), _newest(right, "sex")))
    found.append((_("Sex"), one, other, _agreement(one, other)))
    for kind, label in (("pnc", _("PNC ID")), ("cro", _("CRO number"))):
        one, other = _numbers(left, kind), _numbers(right, kind)
        found.append((label, one, other, _agreement(one, other)))
    rows = [
        [
            cells.words(label),
            cells.words(one or _("Not given")),
            cells.words(other or _("Not given")),
            cells.words(agree),
        ]
        for label, one, other, agree in found
    ]
    rows += [_contact_row(left, right, kind, label) for kind, label in _contacts()]
    head: list[cells.Heading] = [_("What"), *titles, _("Agreement")]
    return cells.table(_("Both records"), head, rows, is_hidden=True)


def _contacts() -> tuple[tuple[str, Text], ...]:
    return (
        (RecordedContact.Kind.ADDRESS, _("Address")),
        (RecordedContact.Kind.PHONE, _("Telephone")),
        (RecordedContact.Kind.EMAIL, _("E-mail address")),
    )


def _contact_row(left: Side, right: Side, kind: str, label: Text) -> list[Params]:
    one, other = left.tokens.get(kind, frozenset()), right.tokens.get(kind, frozenset())
    if not (one and other):
        agree: Text = _("Not given by both")
    else:
        agree = _("One is the same") if one & other else _("They differ")
    given = [_("Given, not shown") if some else _("Not given") for some in (one, other)]
    return [cells.words(label), cells.words(given[0]), cells.words(given[1]), cells.words(agree)]


def stands_list(story: PairStory, left: Side, right: Side) -> Params:
    pair = story.pair
    rows: list[tuple[Text, Params]] = [
        (_("How it stands"), {"html": cells.tag(status_of(pair))["html"]}),
        (_("Why"), {"text": str(why_of(pair))}),
        (_("Probability"), {"text": probability_words(pair.probability)}),
        (_("One is now"), {"html": cells.link(merges_link(left.identity.reference))["html"]}),
        (_("The other is now"), {"html": cells.link(merges_link(right.identity.reference))["html"]}),
    ]
    if story.score is not None:
        model = _("Model %(number)s of %(when)s; links by itself from %(auto)s, asks a person from %(clerical)s") % {
            "number": story.score.model.number,
            "when": instant_words(story.score.known_from),
            "auto": probability_words(story.score.auto),
            "clerical": probability_words(story.score.clerical),
        }
        rows.append((_("Compared by"), {"text": model}))
    return {"rows": [{"key": {"text": str(key)}, "value": value} for key, value in rows]}


def joins_table(left: Side, right: Side, titles: tuple[Text, Text]) -> Params:
    """What would be one person's if these are one."""
    rows = [
        [cells.words(_("Sources")), *(cells.lines(_sources(side)) for side in (left, right))],
        [
            cells.words(_("Records held to be theirs")),
            *(cells.words(f"{side.identity.records:,}") for side in (left, right)),
        ],
        [cells.words(_("Orders that stand")), *(cells.words(f"{side.stakes.orders:,}") for side in (left, right))],
        [cells.words(_("Parts in cases")), *(cells.lines(_parts(side)) for side in (left, right))],
    ]
    return cells.table(_("What joins if they are one"), [_("What"), *titles], rows, is_hidden=True)


def _sources(side: Side) -> list[Text]:
    return [SOURCE_WORDS.get(one, one) for one in sorted({version.source for version in side.versions})]


def _parts(side: Side) -> list[Text]:
    if not side.stakes.parts:
        return [_("None")]
    return [
        ngettext("%(part)s in %(number)s case", "%(part)s in %(number)s cases", number)
        % {"part": ROLE_WORDS.get(part, part), "number": f"{number:,}"}
        for part, number in sorted(side.stakes.parts.items())
    ]


def said_table(story: PairStory) -> Params | None:
    """Every word about the pair, the newest first, with who said it, why, and what another person said to it."""
    rows = [
        [
            cells.words(instant_words(one.known_from)),
            cells.words(words.WORDS[one.word]),
            cells.words(words.SCOPES[one.scope]),
            cells.words(one.by.name),
            cells.words(one.reason),
            cells.words(_opinion(one, is_last=one is story.decided[-1])),
        ]
        for one in reversed(story.decided)
    ]
    head: list[cells.Heading] = [
        _("When"), _("What was said"), _("Of which records"), _("By"), _("Why"), _("Second opinion"),
    ]  # fmt: skip
    return cells.table(_("What was said of this pair"), head, rows, is_hidden=True) if rows else None


def _opinion(one: PairDecided, *, is_last: bool) -> str:
    if not one.needs_another:
        return _("Not needed")
    agreed = getattr(one, "agreed", None)
    if agreed is None:
        return _("Waits") if is_last else _("Not asked any more: something else was said since")
    said = _("Agreed, by %(name)s") if counts(one) else _("Not agreed, by %(name)s")
    return " ".join(filter(None, [said % {"name": agreed.by.name}, agreed.words]))


def record_words(versions: Sequence[RecordVersion]) -> str:
    """One record by what it said last: whose system, and who it says it is of."""
    last = newest_version(versions)
    name = f"{last.given_names} {last.family_name}".strip() or _("Name not given")
    born = partial_date_words(last.born_on)
    said = _("%(source)s: %(name)s, born %(born)s") if born else _("%(source)s: %(name)s, date of birth not given")
    return said % {"source": SOURCE_WORDS.get(last.source, last.source), "name": name, "born": born}


def records_table(records: Mapping[int, Sequence[RecordVersion]], came_as: Mapping[int, str]) -> Params:
    """Each record of a person with the person it came in as."""
    rows = [
        [cells.words(record_words(versions)), cells.words(came_as[record]), cells.number(len(versions))]
        for record, versions in records.items()
    ]
    head: list[cells.Heading] = [_("Record"), _("Came in as"), (_("Versions"), "numeric")]
    return cells.table(_("Records held to be one person’s"), head, rows, is_hidden=True)


def moves_table(rows: Iterable[Membership], records: Mapping[int, Sequence[RecordVersion]]) -> Params | None:
    """Each time a record became somebody else's, the newest first."""
    found, whose = [], dict[int, str]()
    for one in rows:
        before = whose.get(one.record_id)
        whose[one.record_id] = one.person.reference
        if before is not None:
            found.append(
                [
                    cells.words(instant_words(one.known_from)),
                    cells.words(record_words(records[one.record_id])),
                    cells.words(before),
                    cells.words(one.person.reference),
                    cells.words(words.MOVED.get(one.why, one.why)),
                    cells.words(one.decided_by),
                ]
            )
    head: list[cells.Heading] = [_("When"), _("Record"), _("Before"), _("After"), _("Because"), _("By")]
    return cells.table(_("What was joined and parted"), head, reversed(found), is_hidden=True) if found else None


@dataclass(frozen=True, slots=True)
class Relied:
    """An order made or reviewed, a part in a case known, or something agreed with a victim, promised, told or said, while records
    were joined that are parted since: on which record, and when. `review` is its number, where an order was reviewed, `what` what
    was begun with a victim.
    """

    kind: str
    reference: str
    record: int
    at: datetime
    review: int | None = None
    what: Begun | None = None

    @property
    def words(self) -> str:
        if self.what is not None:
            return words.BEGUN[self.what] % {"reference": self.reference}
        if self.review is not None:
            return _("Review %(number)s of order %(reference)s") % {"number": self.review, "reference": self.reference}
        return f"{_('Order') if self.kind == 'order' else _('Case')} {self.reference}"


def relied_table(relied: Iterable[Relied], records: Mapping[int, Sequence[RecordVersion]]) -> Params | None:
    rows = [
        [
            cells.words(instant_words(one.at)),
            cells.words(one.words),
            cells.words(record_words(records[one.record])),
        ]
        for one in relied
    ]
    head: list[cells.Heading] = [_("When"), _("What was begun"), _("On which record")]
    return cells.table(_("Begun while they were joined"), head, rows, is_hidden=True) if rows else None


def pairs_said(stories: Iterable[PairStory]) -> Params | None:
    """The pairs among a person's records, with how each stands: to undo one, its own page is opened."""
    rows = [
        [
            cells.link(pair_link(one.pair.reference)),
            cells.tag(status_of(one.pair)),
            cells.words(why_of(one.pair)),
            {"text": probability_words(one.pair.probability), "format": "numeric"},
        ]
        for one in stories
    ]
    head: list[cells.Heading] = [_("Pair"), _("How it stands"), _("Why"), (_("Probability"), "numeric")]
    return cells.table(_("Pairs among these records"), head, rows, is_hidden=True) if rows else None


def parts_table(records: Mapping[int, Sequence[RecordVersion]], chosen: Sequence[int]) -> Params:
    """What parting comes to: which records stay, and which go. Nothing that any of them says is touched."""
    rows = [
        [cells.words(record_words(versions)), cells.words(_("Goes") if record in chosen else _("Stays"))]
        for record, versions in records.items()
    ]
    return cells.table(_("What would be"), [_("Record"), _("What becomes of it")], rows, is_hidden=True)
