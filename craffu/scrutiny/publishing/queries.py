"""Whether a deep dive may be published on a day, by what is kept of draft and reply; and what was published (SCR-12)."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date

from craffu.access.acting import Acting
from craffu.common.languages import has_every_word
from craffu.scrutiny.claiming.kinds import Evidence
from craffu.scrutiny.deep_dives.queries import Dive
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.leaving.queries import found_in, people_in
from craffu.scrutiny.leaving.rules import Found
from craffu.scrutiny.models import DiveClaim, DiveEvidence, DiveFinding, DiveRecommended, SampleCase, StandingAnswer
from craffu.scrutiny.publishing.facts import Text
from craffu.scrutiny.publishing.rules import Correction, Publication, Reply, publication
from craffu.victims.answering.quoting import records_invited


def published_saying(by: Acting, words: str) -> list[DiveFinding]:
    """Findings of reviews that are published, in which, with their claims, every one of these words stands. Two queries."""
    of_published = {"dive__steps__status": DiveStatus.PUBLISHED.value}
    rows = DiveFinding.objects.for_user(by).filter(**of_published).select_related("dive").order_by("id")
    findings = {(one.dive_id, one.number): one for one in rows}
    said: dict[tuple[int, int], dict[int, DiveClaim]] = {}
    for one in DiveClaim.objects.for_user(by).filter(**of_published).order_by("id"):
        said.setdefault((one.dive_id, one.finding), {})[one.number] = one
    return [
        finding
        for key, finding in findings.items()
        if not finding.is_withdrawn
        and has_every_word(words, _texts(finding, [one for one in said.get(key, {}).values() if not one.is_withdrawn]))
    ]


def _texts(finding: DiveFinding, claims: Iterable[DiveClaim]) -> Iterator[str]:
    yield from (finding.dive.title_en, finding.dive.title_cy, finding.text_en, finding.text_cy)
    for one in claims:
        yield from (one.text_en, one.text_cy)


def hash_of(text: Text) -> str:
    """What stands over a text, so that what was read, sent and published can be told apart."""
    return hashlib.sha256(json.dumps(text, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def people_drawn(by: Acting, dive: Dive) -> list[int]:
    """The records of everybody in the cases that were drawn into the samples it rests on, and of whoever's survey it quotes."""
    cited = DiveEvidence.objects.for_user(by).filter(dive=dive.row).order_by()
    samples = cited.filter(kind=Evidence.SAMPLE).values("source")
    cases = SampleCase.objects.for_user(by).filter(sample__reference__in=samples).order_by()
    surveys = cited.filter(kind=Evidence.SURVEY).values_list("source", flat=True)
    wrote = records_invited(by, [int(one) for one in surveys if one.isdecimal()])
    return people_in(by, set(cases.values_list("reference", flat=True)), wrote)


def told_of_somebody(by: Acting, dive: Dive, text: Text) -> Found:
    """What of somebody stands in a text that is to leave: a contact of any victim, and of those people a contact or the name
    (VIC-09).
    """
    return found_in(by, text, people_drawn(by, dive), _signing(by, dive), (dive.row.title_en, dive.row.title_cy))


def told_in_words(by: Acting, dive: Dive, *words: str) -> Found:
    """The same of words of somebody else that will stand in it, word for word."""
    text = {"": [{"kind": "paragraph", "words": one} for one in words]}
    return found_in(by, text, people_drawn(by, dive), _signing(by, dive))


def new_since_draft(by: Acting, dive: Dive) -> list[str]:
    """What is in it under a number that the draft did not have: findings, claims and recommendations. Three queries."""
    draft = dive.draft
    if draft is None:
        return []
    found = []
    for mark, model in (("F", DiveFinding), ("", DiveClaim), ("R", DiveRecommended)):
        rows = model.objects.for_user(by).filter(dive=dive.row)
        seen = set(rows.filter(known_from__lte=draft.known_from).order_by().values_list("number", flat=True))
        last = {one.number: one for one in rows.order_by("id")}
        found += [
            f"{mark}{number}"
            for number, one in last.items()
            if number not in seen and not getattr(one, "is_withdrawn", False)
        ]
    return found


def _signing(by: Acting, dive: Dive) -> list[str]:
    """Whose names stand in a report because they answer for it: those who work on it, and who signed a standing answer."""
    signed = StandingAnswer.objects.for_user(by).order_by("-signed_on", "-id").select_related("by")[:1]
    return [*(one.person.name for one in dive.people), *(one.by.name for one in signed)]


def publication_of(dive: Dive, today: date) -> Publication | None:
    """None before a draft went to the force."""
    draft, reply = dive.draft, dive.reply
    if draft is None:
        return None
    corrections = [
        Correction(
            str(one.number), one.answered.is_taken if hasattr(one, "answered") else None,
            one.answered.reason if hasattr(one, "answered") else "",
        )
        for one in dive.corrections
    ]  # fmt: skip
    said = Reply(reply.on, bool(reply.words)) if reply is not None else None
    return publication(
        draft.on, today, said, corrections, draft_is_kept=bool(draft.text) and hash_of(draft.text) == draft.sha256
    )
