"""Everything a paper of an order is put together from, read once: the order, its people, our wording, moment and reader."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.cases.risk.queries import case_risk
from craffu.cases.risk.rules import Graded
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.documents.papers import Block, Bullets, Clause, Heading, Said, Words
from craffu.orders.catalogue.kinds import Family
from craffu.orders.models import Condition, OrderTerms
from craffu.orders.models import Order as OrderRow
from craffu.orders.models.terms import DRAFTED
from craffu.orders.printing.rules import Printed
from craffu.orders.protecting.queries import people_protected
from craffu.orders.queries import OrderStory, story_of_order
from craffu.orders.wording.queries import Wording, wording_of
from craffu.people.queries import Identity
from craffu.web.court.words import day_words, instant_words
from craffu.web.orders import words as order_words
from craffu.web.orders.parties import Whose, whose_of
from craffu.web.people.presenters import name_shown
from craffu.web.profiles.words import language


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one printing knows. `values` are what our wording may put in."""

    by: Acting
    story: OrderStory
    whose: Whose
    protects: tuple[Identity, ...]
    risk: Graded | None
    wording: Wording
    values: dict[str, str]
    now: datetime
    language: str
    audience: str

    def say(self, key: str) -> str:
        return self.wording.say(key, self.values)

    @property
    def is_made(self) -> bool:
        return self.story.order.made_at is not None

    @property
    def terms(self) -> OrderTerms | None:
        """The words of the order: once it is made those that were made, never what was only drafted."""
        if not self.is_made:
            return self.story.standing
        return self.story.made[-1] if self.story.made else None

    @property
    def asked(self) -> OrderTerms | None:
        """The words that were asked for: of an order that was made the last draft before it, None where there is none."""
        if not self.is_made:
            return self.story.standing
        drafted = [one for one in self.story.terms if one.why == DRAFTED]
        before = [one for one in drafted if not self.story.made or one.number < self.story.made[0].number]
        return before[-1] if before else None

    @property
    def is_of_court(self) -> bool:
        return self.story.kind.family not in {Family.NOTICE, Family.CONDITIONS}

    def by_standing(self, asked: str, made: str, given: str) -> str:
        """Of three pieces of our wording the one for this order: asked for, made by a court, or given by somebody else."""
        if not self.is_made:
            return asked
        return made if self.is_of_court else given

    @property
    def names(self) -> list[str]:
        return [name_shown(one) for one in self.protects]


def sheet_of(by: Acting, order: OrderRow, kind: str, audience: str, now: datetime | None = None) -> Sheet:
    """Read for one paper, in the reader's language. A constant number of queries."""
    at, spoken = now or clock.now(), language()
    story, whose = story_of_order(by, order), whose_of(by, order)
    asks_for_risk = kind in {Printed.APPLICATION, Printed.BUNDLE} and order.case is not None
    return Sheet(
        by=by,
        story=story,
        whose=whose,
        protects=tuple(people_protected(by, story.protects)),
        risk=case_risk(by, order.case).last if asks_for_risk and order.case else None,
        wording=wording_of(by, spoken),
        values=_values(by, story, whose, at),
        now=at,
        language=spoken,
        audience=audience,
    )


def _values(by: Acting, story: OrderStory, whose: Whose, now: datetime) -> dict[str, str]:
    order = story.order
    return {
        "force": by.force.name_cy if language() == "cy" else by.force.name_en,
        "kind": order_words.kind_words(order.kind, is_interim=order.is_interim),
        "a_kind": order_words.kind_within(order.kind, is_interim=order.is_interim),
        "reference": order.reference,
        "respondent": whose.respondent.name or _("Name not given"),
        "court": order.court or _("Not recorded"),
        "case_number": order.court_case_no or _("Not recorded"),
        "printed": instant_words(now),
        "made": day_words(day_of(order.made_at)) if order.made_at else "",
    }


def facts_row(name: str, *values: Words) -> tuple[str, tuple[Words, ...]]:
    """A line of facts; what nobody recorded is said to be so."""
    known = tuple(one for one in values if (one.words if isinstance(one, Said) else one))
    return name, known or (_("Not recorded"),)


def clause(one: Condition, terms: OrderTerms, beside: tuple[Words, ...] = ()) -> Clause:
    """A condition word for word, in the language of the order."""
    spoken = "cy" if terms.language == "cy" else "en"
    parts: list[Words] = [Said(one.words, spoken)]
    if one.words_cy:
        parts.append(Said(one.words_cy, "cy"))
    title = str(order_words.CONDITION_TYPES.get(one.type, one.type))
    return Clause(str(one.number), title, (*parts, *_period(one), *beside))


def _period(one: Condition) -> list[str]:
    said = []
    if one.first_day:
        said.append(_("From %(day)s") % {"day": day_words(one.first_day)})
    if one.last_day:
        said.append(_("Until %(day)s") % {"day": day_words(one.last_day)})
    if one.supervisor:
        said.append(_("Supervised by %(name)s") % {"name": one.supervisor})
    return said


def people_block(sheet: Sheet, level: int) -> list[Block]:
    """Whom it protects, by name alone."""
    names = sheet.names or [_("Nobody recorded")]
    return [Heading(_("Whom it protects"), level), Bullets(tuple(names))]
