"""What each thing that happens raises, by the force's own table, and the words that witness care writes."""

from dataclasses import dataclass
from functools import cache

from craffu.config.generate.tables import rows_of


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of thing that happens; `standard` and `enhanced` are the Code's working days, 0 where it has no limit."""

    name: str
    occasion: str
    topic: str
    code_event: str
    standard: int
    enhanced: int
    from_receipt: bool
    safety_event: str


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name."""
    return {
        row["kind"]: Kind(
            row["kind"], row["occasion"], row["topic"], row["code_event"], int(row["standard"] or 0),
            int(row["enhanced"] or 0), row["runs_from"] == "receipt", row["safety_event"],
        )
        for row in rows_of("happenings.csv")
    }  # fmt: skip


# What can be planned, so that its time may be known before it.
PLANNED = frozenset(
    {"release_from_prison", "bail_ended", "bail_conditions_changed", "order_ended", "order_served", "order_relaxed"}
)
# What the police system calls the stage a case is at, as something that happened.
OF_STAGE = {
    "reported": "report",
    "investigation": "screening_decision",
    "charged": "charge",
    "court": "hearing_listed",
    "closed": "no_further_action",
}
# What decides about a case, so that its closing tells nobody anything more.
DECIDES = frozenset(
    {
        "charge", "charge_for_breach", "no_further_action", "out_of_court_disposal", "decision_not_to_investigate",
        "verdict_or_sentence",
    }
)  # fmt: skip
CHANNELS = ("telephone", "text_message", "email", "letter", "visit", "video_call", "through_advocate")
TOPICS = ("investigation", "arrest_and_bail", "charge", "hearings", "orders", "release")
MEASURES = (
    "address_marked", "alarm_or_phone", "home_made_safer", "patrols", "devices_checked", "safety_plan", "others_warned",
    "marac", "other",
)  # fmt: skip
