"""The standing answer as it stands now: each test by the snapshot, and what turned since it was last signed (SCR-13).

A verdict is worked out from the exact counts, which are no more read by a page than before: it is told the verdict, and beside it
the figure as its reader may be told it (ADR 86, ADR 88).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from craffu.access.acting import Acting
from craffu.measures.kept.reading import Figure, Kept, kept_figures
from craffu.measures.places import folder_of
from craffu.published.disclosure import To
from craffu.scrutiny.models import StandingAnswer as Signed
from craffu.scrutiny.standing.asked import TESTS, Asks
from craffu.scrutiny.standing.rules import Change, Signature, StandingAnswer, Test, Verdict, standing_answer


@dataclass(frozen=True, slots=True)
class Tested:
    """One test: its verdict, whether one case would turn it, and the figure as the reader may be told it."""

    asks: Asks
    verdict: Verdict
    hangs_on_one: bool
    figure: Figure | None

    @property
    def key(self) -> str:
        return self.asks.key


@dataclass(frozen=True, slots=True)
class Standing:
    """Every test by one snapshot, what turned since the answer that was signed last, and that answer."""

    snapshot: str
    sha256: str
    first: date
    last: date
    tests: tuple[Tested, ...]
    changes: tuple[Change, ...]
    signed: Signed | None

    @property
    def seen(self) -> str:
        """What stands over the verdicts and the snapshot, so that what is signed is what was read."""
        said = [self.sha256, [(one.key, one.verdict.value) for one in self.tests]]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def answers(by: Acting) -> list[Signed]:
    """Every answer that was signed, the last first. One query."""
    return list(Signed.objects.for_user(by).select_related("by").order_by("-id"))


def standing(by: Acting) -> Standing | None:
    """None where no figures are kept. One query."""
    kept = kept_figures(folder_of(by))
    if kept is None:
        return None
    signed: Signed | None = Signed.objects.for_user(by).select_related("by").order_by("-id").first()
    made = made_of(kept, signed, {}, Signature(True, kept.last))
    return Standing(
        kept.snapshot, kept.digest, kept.first, kept.last,
        tuple(
            Tested(one, made.verdicts[one.key], one.key in made.hanging, kept.of(by, one.measure).whole(one.part))
            for one in TESTS
        ),
        made.changes, signed,
    )  # fmt: skip


def made_of(kept: Kept, signed: Signed | None, causes: Mapping[str, str], signature: Signature) -> StandingAnswer:
    """The answer by the exact counts of the snapshot, against the verdicts that were signed last."""
    before = {one["key"]: Verdict(one["verdict"]) for one in signed.tests} if signed is not None else {}
    return standing_answer([_test(kept, one) for one in TESTS], signature, before, causes)


def _test(kept: Kept, asks: Asks) -> Test:
    told: Mapping[str, Any] = kept.measures[asks.measure]["told"][To.ROWS.value]
    whole = next(one for one in told["now"] if not one["split"] and one["part"] == asks.part)
    return Test(asks.key, whole["numerator"] or 0, whole["denominator"] or 0, asks.target, asks.better)
