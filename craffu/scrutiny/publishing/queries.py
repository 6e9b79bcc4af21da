"""Whether a deep dive may be published on a day, by what is kept of its draft and of the force's reply (SCR-12)."""

import hashlib
import json
from datetime import date

from craffu.scrutiny.deep_dives.queries import Dive
from craffu.scrutiny.publishing.facts import Text
from craffu.scrutiny.publishing.rules import Correction, Publication, Reply, publication


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
