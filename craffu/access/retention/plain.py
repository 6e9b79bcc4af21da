"""A retention review as a rule case file asks about it: plain values in. It decides nothing of its own."""

from datetime import date

from craffu.access.retention.rules import Review, review


def reviewed(last: str, group: str, today: str, new_event: str | None, hold: bool | None) -> Review:
    return review(
        date.fromisoformat(last),
        group,
        date.fromisoformat(today),
        new_event_on=date.fromisoformat(new_event) if new_event else None,
        on_hold=bool(hold),
    )
