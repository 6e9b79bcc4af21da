"""Holds a row of a table back once, however often it is sent, and closes it when its like can be stored (INT-03, INT-04)."""

import hashlib
from collections.abc import Iterable
from typing import Final

from craffu.intake.actions import decide_held, hold_row
from craffu.intake.models import HeldDecision, HeldRow
from craffu.intake.opening import Document
from craffu.intake.queries import held_before, waiting_for
from craffu.intake.rules import OutcomeKind
from craffu.intake.taking import RowResult, Taking

_UNSTORABLE: Final = dict.fromkeys((0, *range(0xD800, 0xE000)), "\ufffd")


def hold(
    taking: Taking, document: Document, *, line: int, words: str, reason: str, column: str, undecided: bool
) -> RowResult:
    """What becomes of the row: rejected or parked, or unchanged where somebody decided about it before."""
    content = content_of(words)
    before = held_before(taking.by, taking.kind, content, line)
    decision = getattr(before, "decision", None)
    if before is not None and decision is not None:
        set_aside = decision.decision == HeldDecision.Decision.SET_ASIDE
        return RowResult(
            line, OutcomeKind.UNCHANGED, "set_aside" if set_aside else "corrected_before", held=before.reference
        )
    held = before or hold_row(
        taking=taking,
        document=document,
        why=HeldRow.Why.PARKED if undecided else HeldRow.Why.REJECTED,
        line=line,
        content_sha256=content,
        reason=reason,
        field=column[:60],
        value_class="",
        raw=words.translate(_UNSTORABLE),
    )
    return RowResult(line, OutcomeKind.PARKED if undecided else OutcomeKind.REJECTED, reason, held=held.reference)


def content_of(words: str) -> str:
    """By what a row held back is known when it is sent again."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


class Waiting:
    """The rows of a kind that wait for one of some reasons, to be closed when they can be stored after all."""

    def __init__(self, taking: Taking, *reasons: str) -> None:
        self._taking = taking
        self._rows = {row for reason in reasons for row in waiting_for(taking.by, taking.kind, reason)}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def at(self, lines: Iterable[int]) -> set[int]:
        """Those of some lines at which one of them stands, in whatever file."""
        return {line for _, line in self._rows}.intersection(lines)

    def close(self, line: int, words: str) -> None:
        """The row waits no longer: it was stored now."""
        key = (content_of(words), line)
        if key not in self._rows:
            return
        held = held_before(self._taking.by, self._taking.kind, *key)
        if held is not None and not hasattr(held, "decision"):
            decide_held(
                by=self._taking.by,
                row=held,
                decision=HeldDecision.Decision.CORRECTED,
                reason="stored_later",
                now=self._taking.now,
            )
