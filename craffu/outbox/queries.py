"""What waits in the outbox, and what a row of it says."""

from dataclasses import dataclass
from datetime import datetime

from craffu.outbox.models import WAITING, News


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of news by its row number: its topic, the subjects it is about, and when it was told."""

    number: int
    topic: str
    subjects: tuple[str, ...]
    at: datetime


def told(row: News) -> Told:
    return Told(row.pk, row.topic, tuple(row.subjects.split()), row.at)


def waiting(force: str) -> list[Told]:
    """What nobody has taken yet, in the order it was told."""
    return [told(row) for row in News.objects.filter(WAITING, force=force).order_by("id")]


def next_waiting(force: str, until: datetime) -> Told | None:
    """The first that was told up to an instant and nobody has taken yet. One query."""
    row = News.objects.filter(WAITING, force=force, at__lte=until).order_by("id").first()
    return told(row) if row is not None else None
