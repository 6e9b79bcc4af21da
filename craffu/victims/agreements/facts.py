"""What is agreed with a victim, before it is stored and while it is still being asked (VIC-01)."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, time
from typing import Final

from craffu.victims.agreements.kinds import Asking
from craffu.victims.agreements.rules import Agreement
from craffu.victims.contacts.rules import SafeTimes, Safety

# How often, where she is contacted only when there is news.
NEWS_ONLY: Final = "news_only"


@dataclass(frozen=True, slots=True)
class Terms:
    """Every answer of an agreement; what was not asked yet is empty. `times` are windows of London's clock, as `09:00`.

    `links` are those of the channels by which a link may come. `frequency` is a number of days, or NEWS_ONLY.
    `survey` is yes, no or empty. `next_revisit_on` is a day as 2026-12-24.
    """

    officer: str = field(default="", repr=False)
    frequency: str = ""
    channels: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    times: tuple[tuple[str, str], ...] = ()
    may_leave_message: bool = False
    never_say: str = field(default="", repr=False)
    safe_word: str = field(default="", repr=False)
    urgent_reach: str = ""
    urgent_words: str = field(default="", repr=False)
    language: str = ""
    asking: str = Asking.EACH_TIME.value
    not_wanted: tuple[str, ...] = ()
    others_told: str = field(default="", repr=False)
    survey: str = ""
    next_revisit_on: str = ""

    def as_agreement(self, today: date) -> Agreement:
        """As the rule weighs whether it is complete."""
        return Agreement(
            named_officer=self.officer,
            frequency=self.frequency,
            channels=self.channels,
            safe_times=", ".join("-".join(one) for one in self.times),
            urgent_reach=self.urgent_reach,
            language=self.language,
            agreed_on=today.isoformat(),
            next_revisit_on=self.next_revisit_on,
            asking=self.asking,
        )

    @property
    def safety(self) -> Safety:
        windows = [SafeTimes(time.fromisoformat(start), time.fromisoformat(end)) for start, end in self.times]
        return Safety(self.channels, windows, voicemail=self.may_leave_message)

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def terms_of(text: str) -> Terms:
    """The answers as `as_text` wrote them. What a later version of the form no longer asks is left out."""
    known = {name: value for name, value in json.loads(text).items() if name in Terms.__dataclass_fields__}
    for name in ("channels", "links", "not_wanted"):
        known[name] = tuple(known.get(name, ()))
    known["times"] = tuple((start, end) for start, end in known.get("times", ()))
    return Terms(**known)
