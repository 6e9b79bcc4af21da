"""A deep dive of the invented force in the shape of the review of July 2023, from its question to its published report.

Its figures are those of the demo's own snapshot and dip sample, attached and claimed by the register's own actions: whatever a
force is too small to tell is left out, and a claim that does not hold is withdrawn, as its officer would.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.queries import acting_user, find_user
from craffu.access.reach.queries import area_names
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.edits import version_of
from craffu.common.refusals import NotNow
from craffu.config.demo.reviewing import words
from craffu.config.demo.reviewing.cases import quoted, reviewed_cases
from craffu.config.demo.reviewing.words import Both, how_often
from craffu.measures.definitions import Slice
from craffu.measures.kept.reading import kept_figures
from craffu.measures.places import folder_of
from craffu.scrutiny.claiming.actions import attach, write_claim, write_finding
from craffu.scrutiny.claiming.facts import NewClaim, NewEvidence, NewFinding
from craffu.scrutiny.claiming.kinds import ClaimKind, Evidence
from craffu.scrutiny.claiming.queries import found_of
from craffu.scrutiny.claiming.sampled import results_of
from craffu.scrutiny.deep_dives.actions import name_person, open_dive, plan, recommend
from craffu.scrutiny.deep_dives.facts import NewDive, NewPerson, NewPlan, NewRecommended
from craffu.scrutiny.deep_dives.queries import Dive, dives, find_dive
from craffu.scrutiny.interviewing.kinds import ReviewQuestion, Whom
from craffu.scrutiny.models import DiveEvidence, Sample
from craffu.scrutiny.publishing.actions import answer_correction, publish, record_reply, send_draft
from craffu.scrutiny.publishing.facts import NewAnswer, NewReply, Text
from craffu.scrutiny.publishing.queries import hash_of
from craffu.scrutiny.recommending.queries import recommendations
from craffu.scrutiny.recommending.shipping import shipped
from craffu.web.deep_dives.figures import public_value
from craffu.web.deep_dives.reading import fresh

_LEADS, _COUNTS, _REVIEWS = "scrutiny-officer", "analyst", "volunteer-reviewer"
_EARLIER: Final = "review-2023"
_MOST_QUESTIONS: Final = 3
_SUPPORT, _ORDERS, _JUSTICE, _BEGUN = 1, 2, 3, 4


def set_up_review() -> str | None:
    """Once, and what it is called; None where nobody leads it or there are no figures yet."""
    users = [find_user(name) for name in (_LEADS, _COUNTS, _REVIEWS)]
    if None in users:
        return None
    leads, counts, reviews = (acting_user(user) for user in users if user is not None)
    held = dives(leads)
    if not held:
        kept = kept_figures(folder_of(leads))
        if kept is None:
            return None
        now = clock.now()
        days = (kept.first, kept.last)
        opened = open_dive(by=leads, given=NewDive(*words.TITLE, *words.QUESTION, *words.TERMS, *days), now=now)
        _Carried(leads, opened.reference, now).carry_out(counts, reviews)
        held = dives(leads)
    return str(held[-1].row.reference)


def _filled(both: Both, english: str, welsh: str, **named: Both) -> Both:
    """Both sentences with what is named in each, in its language."""
    each = [{name: value[place] for name, value in named.items()} for place in (0, 1)]
    return both[0].format(how=english, **each[0]), both[1].format(how=welsh, **each[1])


@dataclass(slots=True)
class _Carried:
    """One deep dive while it is carried out."""

    by: Acting
    reference: str
    now: datetime

    def carry_out(self, counts: Acting, reviews: Acting) -> None:
        today = day_of(self.now)
        for method, said in words.METHODS.items():
            plan(by=self.by, dive=self.reference, given=NewPlan(method, said, today, True), now=self.now)
        for username, part in words.PEOPLE:
            name_person(by=self.by, dive=self.reference, given=NewPerson(username, part, False), now=self.now)
        for serves, (english, welsh) in words.FINDINGS:
            given = NewFinding(None, serves, english, welsh)
            write_finding(by=self.by, dive=self.reference, given=given, now=self.now)
        self._measures()
        self._areas()
        sample = reviewed_cases(counts, self.by, (reviews, self.by), self.now)
        if sample is not None:
            self._sampled(sample)
        self._heard()
        self._earlier()
        for one in shipped()[_EARLIER].recommendations:
            given_recommended = NewRecommended(None, one.matter, one.text_en, one.text_cy, one.measure)
            recommend(by=self.by, dive=self.reference, given=given_recommended, now=self.now)
        self._published()

    def _attached(self, given: NewEvidence) -> DiveEvidence | None:
        """None where the force is too small for it to be told."""
        try:
            return attach(by=self.by, dive=self.reference, given=given, now=self.now)
        except NotNow:
            return None

    def _claim(self, finding: int, kind: ClaimKind, said: Both, row: DiveEvidence) -> None:
        given = NewClaim(None, finding, kind, *said, row.number)
        write_claim(by=self.by, dive=self.reference, given=given, now=self.now)

    def _measures(self) -> None:
        orders = self._attached(NewEvidence(Evidence.MEASURE, *words.ORDERS_TITLE, *words.ORDERS))
        if orders is not None:
            self._claim(_ORDERS, ClaimKind.COUNT, words.ORDERS_CLAIM, orders)
        for code, part, finding, title, said in words.MEASURES:
            row = self._attached(NewEvidence(Evidence.MEASURE, *title, code, part))
            if row is not None and (shown := public_value(row)) is not None:
                self._claim(finding, ClaimKind.RATE, _filled(said, *how_often(shown.value, shown.interval)), row)

    def _areas(self) -> None:
        for code, english, welsh in area_names(self.by.force):
            area = {"area": (english, welsh)}
            title = _filled(words.AREA_TITLE, "", "", **area)
            given = NewEvidence(
                Evidence.MEASURE, *title, *words.BY_AREA, split=Slice.AREA.value, split_of=code
            )  # fmt: skip
            row = self._attached(given)
            if row is not None and (shown := public_value(row)) is not None:
                self._claim(
                    _ORDERS, ClaimKind.RATE, _filled(words.AREA_CLAIM, *how_often(shown.value, shown.interval)), row
                )

    def _sampled(self, sample: Sample) -> None:
        """Of the questions on which reviewers agree the first few."""
        results = [one for one in results_of(self.by, sample) if one.may_be_quoted and one.estimate is not None]
        for one in results[:_MOST_QUESTIONS]:
            asked = (one.question.words.en, one.question.words.cy)
            row = self._attached(NewEvidence(Evidence.SAMPLE, *asked, sample.reference, one.question.id))
            if row is not None:
                self._claim(_SUPPORT, ClaimKind.JUDGEMENT, _filled(words.SAMPLE_CLAIM, "", "", question=asked), row)

    def _heard(self) -> None:
        heard = (
            (Whom.STAFF, words.MANAGER, words.MANAGER_SAID, 0, words.MANAGER_CLAIM, _JUSTICE),
            (Whom.STAFF, words.VISITS, words.VISITS_SAID, 0, words.VISITS_CLAIM, _ORDERS),
            (Whom.VICTIM, words.VICTIM, words.VICTIM_SAID, 1, words.VICTIM_CLAIM, _SUPPORT),
        )
        for whom, title, said, line, claim, finding in heard:
            quote = quoted(self.by, whom, said, line, self.now)
            row = self._attached(NewEvidence(Evidence.QUOTE, *title, str(quote.pk)))
            if row is not None:
                self._claim(finding, ClaimKind.QUOTE, claim, row)

    def _earlier(self) -> None:
        for one in recommendations(self.by):
            if one.row.report.key == _EARLIER:
                row = self._attached(NewEvidence(Evidence.RECOMMENDATION, *words.EARLIER, one.row.reference))
                if row is not None:
                    self._claim(_BEGUN, ClaimKind.JUDGEMENT, words.EARLIER_CLAIM, row)
                return

    def _published(self) -> None:
        """Sent to the force, answered by it word for word, and published; where nothing holds it stays a draft."""
        for seen, given in self._not_holding():
            write_claim(by=self.by, dive=self.reference, given=given, seen=seen, now=self.now)
        found = found_of(self.by, self._dive.row, self.now)
        if not found.claims:
            return
        for one in found.findings:
            if not found.claims_of(one.number):
                gone = NewFinding(one.number, ReviewQuestion(one.serves), one.text_en, one.text_cy, is_withdrawn=True)
                write_finding(by=self.by, dive=self.reference, given=gone, seen=version_of(one.pk), now=self.now)
        text = fresh(self.by, self._dive)
        send_draft(by=self.by, dive=self.reference, made=self._text, seen=hash_of(text), now=self.now)
        reply = NewReply(day_of(self.now), words.REPLY_POST, words.REPLY, [words.CORRECTION])
        record_reply(by=self.by, dive=self.reference, given=reply, now=self.now)
        declined = NewAnswer(1, False, *words.DECLINED)
        answer_correction(by=self.by, dive=self.reference, given=declined, now=self.now)
        text = fresh(self.by, self._dive)
        publish(by=self.by, dive=self.reference, made=self._text, seen=hash_of(text), now=self.now)

    def _text(self, dive: Dive) -> Text:
        return fresh(self.by, dive)

    @property
    def _dive(self) -> Dive:
        found = find_dive(self.by, self.reference)
        if found is None:
            raise ValueError(f"{self.reference} was opened and is not there")
        return found

    def _not_holding(self) -> Iterator[tuple[str, NewClaim]]:
        for one in found_of(self.by, self._dive.row, self.now).not_holding:
            row = one.row
            yield version_of(row.pk), NewClaim(
                row.number, row.finding, ClaimKind(row.kind), row.text_en, row.text_cy, row.evidence.number, is_withdrawn=True
            )  # fmt: skip
