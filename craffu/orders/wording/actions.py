"""The only write of what our papers say: a version more of one piece in one language; papers printed before keep theirs."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged, version_of
from craffu.common.locks import lock_until_commit
from craffu.orders import events
from craffu.orders.models import PaperWording
from craffu.orders.permissions import check_can_edit_catalogue
from craffu.orders.wording.policies import check_reason, check_wording
from craffu.orders.wording.queries import Worded, worded


def seen_of(one: Worded) -> str:
    """What an edit is made from: the version that stood (T30)."""
    return version_of(one.piece.key, one.language, one.number)


@action
def word_anew(
    *, by: Acting, key: str, language: str, words: str, reason: str, seen: str, now: datetime | None = None
) -> PaperWording:
    """A further version. Raises NotPermitted, Conflict where somebody worded it meanwhile, NotNow for words it cannot have."""
    at = now or clock.now()
    check_can_edit_catalogue(by)
    lock_until_commit("wording", by.force.code, f"{key}/{language}")
    standing = worded(by, [key])[key, language]
    check_unchanged(seen, seen_of(standing))
    check_wording(words, standing.piece.names, standing.words)
    check_reason(reason)
    row: PaperWording = PaperWording.objects.create(
        force=by.force, key=key, language=language, number=standing.number + 1, words=words.strip(), reason=reason.strip(),
        by=by.user, known_from=at,
    )  # fmt: skip
    audit.record(
        kind=events.WORDING_EDITED, actor=by.actor, refs=[f"wording/{key}"], request=by.request, reason=reason, now=at
    )
    return row
