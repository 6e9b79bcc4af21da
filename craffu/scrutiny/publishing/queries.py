"""Whether a deep dive may be published on a day, by what is kept of draft and reply; and what was published (SCR-12)."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date

from craffu.access.acting import Acting
from craffu.common.languages import has_every_word
from craffu.scrutiny.deep_dives.queries import Dive
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.models import DiveClaim, DiveFinding
from craffu.scrutiny.publishing.facts import Text
from craffu.scrutiny.publishing.rules import Correction, Publication, Reply, publication


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
        if has_every_word(words, _texts(finding, [one for one in said.get(key, {}).values() if not one.is_withdrawn]))
    ]


def _texts(finding: DiveFinding, claims: Iterable[DiveClaim]) -> Iterator[str]:
    yield from (finding.dive.title_en, finding.dive.title_cy, finding.text_en, finding.text_cy)
    for one in claims:
        yield from (one.text_en, one.text_cy)


def hash_of(text: Text) -> str:
    """What stands over a text, so that what was read, sent and published can be told apart."""
    return hashlib.sha256(json.dumps(text, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def publication_of(dive: Dive, today: date) -> Publication | None:
    """None before a draft went to the force."""
    draft, reply = dive.draft, dive.reply
    if draft is None:
        return None
    said = None
    if reply is not None:
        corrections = [
            Correction(
                str(one.number), one.answered.is_taken if hasattr(one, "answered") else None,
                one.answered.reason if hasattr(one, "answered") else "",
            )
            for one in dive.corrections
        ]  # fmt: skip
        said = Reply(reply.on, bool(reply.words), corrections)
    return publication(draft.on, today, said, draft_is_kept=bool(draft.text) and hash_of(draft.text) == draft.sha256)
