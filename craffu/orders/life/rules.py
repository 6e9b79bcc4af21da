"""Whether a move in the life of an order is allowed, and if not, which of the reasons of Annex B stands in the way.

ORD-03, ORD-07, ORD-09 to ORD-12 and ORD-15 to ORD-17. The reasons are checked in one order; the first that applies is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol

from craffu.access.ranks import Rank
from craffu.clocks.london import end_of
from craffu.orders.catalogue.kinds import Change, Family, Kind
from craffu.orders.considering.rules import Outcome, needs_written_reason
from craffu.orders.life.states import CORRECT_END, EVERY_MOVE, NONE, REASON_TEXT_IF_NEEDED, TABLE, Move, OrderStatus

UNKNOWN_MOVE: Final = "unknown_move"
EXTEND_BY_VARIATION: Final = "extend_by_variation"
NOT_FOR_THIS_TYPE: Final = "not_for_this_type"
NOT_FROM_THIS_STATE: Final = "not_from_this_state"
WRONG_ROLE: Final = "wrong_role"
SELF_AUTHORISATION: Final = "self_authorisation"
RANK_TOO_LOW: Final = "rank_too_low"
MISSING: Final = "missing:"
MAIN_NOT_LIVE: Final = "main_application_not_live"
SERVED_BEFORE_MADE: Final = "served_before_made"
LODGED_AFTER_END: Final = "lodged_after_end"
DISCHARGE_LOCKED: Final = "discharge_locked"
NOT_YET_ENDED: Final = "not_yet_ended"
ENDS_BEFORE_IT_BEGINS: Final = "ends_before_it_begins"
RENEWAL_SHORTENS: Final = "renewal_shortens"
TWO_ENDS: Final = "two_ends"
SAME_END: Final = "same_end"
BEFORE_IT_WAS_MADE: Final = "before_it_was_made"
LATER_WORDS_STAND: Final = "later_words_stand"

# Moves that an order in force waits for still, where its respondent is only proven to know of it. It stays in force.
OF_SERVICE: Final = frozenset({"attempt_service", "serve"})
# Moves that somebody else must make than who asked for the order and who decided on it.
OF_ANOTHER_PERSON: Final = frozenset({"authorise", "decline"})
_LIVE: Final = frozenset({OrderStatus.APPLIED, OrderStatus.ADJOURNED})
_DECIDES: Final = {
    "decide_apply": Outcome.APPLY,
    "decide_support": Outcome.SUPPORT_OWN_APPLICATION,
    "decide_not_pursue": Outcome.NOT_PURSUED,
    "defer": Outcome.DEFER,
}
# `orders.authoriser_min_rank`: police applications and notices whose kind names no rank.
OTHER_POLICE_APPLICATIONS: Final = Rank.INSPECTOR

_ORDER_OF_RANKS: Final = (
    {Rank.CONSTABLE},
    {Rank.SERGEANT},
    {Rank.INSPECTOR},
    {Rank.CHIEF_INSPECTOR},
    {Rank.SUPERINTENDENT},
    {Rank.CHIEF_SUPERINTENDENT},
    {Rank.ASSISTANT_CHIEF_CONSTABLE, Rank.COMMANDER},
    {Rank.DEPUTY_CHIEF_CONSTABLE, Rank.DEPUTY_ASSISTANT_COMMISSIONER},
    {Rank.CHIEF_CONSTABLE, Rank.ASSISTANT_COMMISSIONER},
    {Rank.DEPUTY_COMMISSIONER},
    {Rank.COMMISSIONER},
)
_HEIGHT: Final = {rank: height for height, ranks in enumerate(_ORDER_OF_RANKS) for rank in ranks}
_NO_HEIGHT: Final = -1


@dataclass(frozen=True, slots=True)
class Actor:
    """Who moves: by which right, of which rank. A rank nobody gave reaches nothing."""

    id: str
    role: str
    rank: str | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What a move is judged by beside its fields; an instant or day that nobody gave is None.

    `is_known_only`: in force because the respondent is proven to know of it, and not served. `ran_out_from`: how an order stood
    before the clock ended it, where it did.
    """

    risk: str | None = None
    requested_by: str | None = None
    decided_by: str | None = None
    main_status: str | None = None
    made_at: datetime | None = None
    served_at: datetime | None = None
    lodged_on: date | None = None
    last_day: date | None = None
    now: datetime | None = None
    is_discharge_locked: bool = False
    is_extended_by_variation: bool = False
    is_known_only: bool = False
    ran_out_from: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Whether a move is allowed, where it leads, and why not; a refused move leads nowhere else."""

    allowed: bool
    to: str
    why: str | None = None


def moved(kind: Kind, state: str, move: str, actor: Actor, given: Mapping[str, Any], around: Around) -> Moved:
    """ORD-09: one move of one order. `given` are the fields that came with it; nothing changes where it is refused."""
    row = EVERY_MOVE.get(move)
    why = UNKNOWN_MOVE if row is None else _refusal(row, kind, state, move, actor, given, around)
    if row is None or why is not None:
        return Moved(allowed=False, to=state, why=why)
    stands = around.ran_out_from if move == CORRECT_END else None
    return Moved(allowed=True, to=row.to or stands or state)


def _refusal(
    row: Move, kind: Kind, state: str, move: str, actor: Actor, given: Mapping[str, Any], around: Around
) -> str | None:
    return (
        _not_for(row, kind, move, around)
        or (None if is_from(row, state) or _is_served_later(move, state, around) else NOT_FROM_THIS_STATE)
        or (None if actor.role in row.who else WRONG_ROLE)
        or (_not_authorised_by(kind, actor, around) if move in OF_ANOTHER_PERSON else None)
        or _missing(row, kind, move, given, around)
        or _at_last(move, around)
    )


def _not_for(row: Move, kind: Kind, move: str, around: Around) -> str | None:
    if move == "renew" and (kind.changing.renew == Change.BY_VARIATION or around.is_extended_by_variation):
        return EXTEND_BY_VARIATION
    return None if row.kinds.hold(kind.code, kind.family) else NOT_FOR_THIS_TYPE


def is_known_only(state: str, *, is_served: bool, is_aware: bool) -> bool:
    """ORD-11, ORD-12: whether an order is in force by what the respondent is proven to know alone. It is served all the same."""
    return state == OrderStatus.IN_FORCE and is_aware and not is_served


def _is_served_later(move: str, state: str, around: Around) -> bool:
    return move in OF_SERVICE and state == OrderStatus.IN_FORCE and around.is_known_only


def is_from(row: Move, state: str) -> bool:
    """Whether a move starts at a status, or where there is no record yet."""
    return any((NONE if start is None else start) == state for start in row.starts)


def move_that_makes(status: str) -> str:
    """ORD-09: the move by which a court's word makes an order that has a record and was not made yet; none is an empty word."""
    if status == OrderStatus.ADJOURNED:
        return "grant"
    return "receive" if is_from(TABLE["receive"], status) else ""


def least_rank(kind: Kind) -> Rank | None:
    """ORD-03: the rank that authorises a kind, by law or by policy; None where police do not apply for it."""
    if kind.family not in {Family.APPLICATION, Family.NOTICE}:
        return None
    return kind.applying.rank or OTHER_POLICE_APPLICATIONS


def has_rank(kind: Kind, rank: str | None) -> bool:
    """ORD-03: whether a rank is high enough to authorise a kind; a rank we do not know is not."""
    least = least_rank(kind)
    known = (rank or "").strip().lower().replace(" ", "_")
    height = _HEIGHT[Rank(known)] if known in set(Rank) else _NO_HEIGHT
    return least is not None and height >= _HEIGHT[least]


def _not_authorised_by(kind: Kind, actor: Actor, around: Around) -> str | None:
    if actor.id in {around.requested_by, around.decided_by}:
        return SELF_AUTHORISATION
    return None if has_rank(kind, actor.rank) else RANK_TOO_LOW


def _missing(row: Move, kind: Kind, move: str, given: Mapping[str, Any], around: Around) -> str | None:
    for need in row.needs:
        names = need.split("|")
        if need == REASON_TEXT_IF_NEEDED:
            if not needs_written_reason(kind.code, _DECIDES[move], around.risk):
                continue
            names = ["reason_text"]
        if not any(is_given(given.get(name)) for name in names):
            return MISSING + names[0]
    return None


def is_given(value: Any) -> bool:
    """Whether a field holds something: no blank text, no empty list, and a yes where yes or no is asked."""
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _at_last(move: str, around: Around) -> str | None:
    match move:
        case "lodge_interim":
            return None if around.main_status in _LIVE else MAIN_NOT_LIVE
        case "serve":
            return SERVED_BEFORE_MADE if _is_before(around.served_at, around.made_at) else None
        case "renew":
            is_late = (
                around.last_day is not None and around.lodged_on is not None and around.lodged_on > around.last_day
            )
            return LODGED_AFTER_END if is_late else None
        case "discharge":
            return DISCHARGE_LOCKED if around.is_discharge_locked else None
        case "expire":
            return None if _is_over(around.last_day, around.now) else NOT_YET_ENDED
    return None


def _is_before(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one < other


def _is_over(last_day: date | None, now: datetime | None) -> bool:
    return last_day is not None and now is not None and now >= end_of(last_day)


# Moves by which an order begins or its end is set anew.
SETS_END: Final = frozenset({"issue", "grant", "grant_on_appeal", "receive", "impose", "vary", "renew", CORRECT_END})


def wrong_end(
    move: str,
    begins: date,
    last_day: date | None,
    stood_until: date | None,
    *,
    is_indefinite: bool | None,
    had_no_end: bool = False,
) -> str | None:
    """CLK-09, ORD-13, ORD-15: why an end cannot be as it was given; None where it can.

    The clock ends an order on its last day, so that a year mistyped would leave somebody unprotected. `begins` is the day from
    which the order, its variation or its renewal holds, `stood_until` the last day as it stood, `had_no_end` that none was said.
    """
    if move not in SETS_END:
        return None
    if is_indefinite and last_day is not None:
        return TWO_ENDS
    if move == "vary" and is_indefinite is False and last_day is None:
        return MISSING + "last_day"
    if last_day is not None and last_day < begins:
        return ENDS_BEFORE_IT_BEGINS
    if move == CORRECT_END and last_day == stood_until and (last_day is not None or had_no_end):
        return SAME_END
    is_shorter = move == "renew" and last_day is not None and stood_until is not None and last_day <= stood_until
    return RENEWAL_SHORTENS if is_shorter else None


# Moves that change or end what a court has made: none of them can have happened before it was.
AFTER_MAKING: Final = frozenset({"vary", "renew", "discharge", "revoke", "end_on_determination", "quash"})


def wrong_day(
    move: str, on: date, made_on: date | None, worded_on: date | None, begins_on: date | None = None
) -> str | None:
    """ORD-13, ORD-15, ORD-17: why a move cannot have happened on the day that was given; None where it can.

    What ended before it was made never was in force, and no end of a court's is taken back: a year mistyped would leave somebody
    unprotected. `worded_on` is the day from which the words that stand apply: a variation of an earlier day takes the place
    neither of them nor of the end that came with them. `begins_on` is the later day from which an order holds that is made now.
    """
    made = made_on if move in AFTER_MAKING else on
    holds = on if move in AFTER_MAKING or begins_on is None else begins_on
    if made is not None and holds < made:
        return BEFORE_IT_WAS_MADE
    return LATER_WORDS_STAND if move == "vary" and worded_on is not None and on < worded_on else None


class MoveOfAnOrder(Protocol):
    @property
    def move(self) -> str: ...


def lasting[M: MoveOfAnOrder](moves: Sequence[M]) -> list[M]:
    """The moves of one order, in their order, without an end by the clock that was taken back: its day was typed wrong."""
    corrected = max((number for number, one in enumerate(moves) if one.move == CORRECT_END), default=-1)
    return [one for number, one in enumerate(moves) if one.move != "expire" or number > corrected]


def unknown_kind(move: str) -> str:
    """Why a move of a kind nobody knows is refused."""
    return NOT_FOR_THIS_TYPE if move in TABLE else UNKNOWN_MOVE


# Occupation orders under this section of the Family Law Act 1996 are extended by variation, the others by extension.
_VARIED_SECTION: Final = "33"


def is_extended_by_variation(kind: Kind, section: str | int | None) -> bool:
    """ORD-15: whether an order that could be renewed by its kind is extended by variation by its section."""
    said = str(section or "").strip().lower().removeprefix("s.").removeprefix("s").strip()
    return kind.changing.renew == Change.BY_EXTENSION and said == _VARIED_SECTION


def moves_available(kind: Kind, state: str, role: str) -> list[str]:
    """ORD-09: the moves of a kind at a status that a role may make, by name. Rank, fields and dates are judged at the move."""
    return sorted(
        name
        for name, row in TABLE.items()
        if _not_for(row, kind, name, Around()) is None and is_from(row, state) and role in row.who
    )


# The result of an appeal that changes what stands.
ALLOWED: Final = "allowed"


@dataclass(frozen=True, slots=True)
class Appealed:
    """What an appeal does to an order: whether it stands still meanwhile, and where the appeal leaves it. History stays."""

    suspends: bool
    state: str
    history_kept: bool = True


def appealed(state: str, result: str | None, *, court_suspends: bool = False) -> Appealed:
    """ORD-17: an appeal suspends nothing unless the court says so; one allowed quashes an order, or grants what was refused."""
    if result is None:
        return Appealed(court_suspends, state)
    ending = TABLE["grant_on_appeal"] if state == OrderStatus.REFUSED else TABLE["quash"]
    moves_it = result == ALLOWED and is_from(ending, state)
    return Appealed(suspends=False, state=(ending.to or state) if moves_it else state)


# What an order's breaches read once it has been quashed (ORD-17).
LATER_QUASHED: Final = "order later quashed"


def mark_of_breaches(state: str) -> str | None:
    """ORD-17: quashing keeps the record and marks the breaches that were recorded under it."""
    return LATER_QUASHED if state == OrderStatus.QUASHED else None


def court_number(ptiurn: str, order_ref: str = "") -> str:
    """A court's case number without the spaces and strokes that people write in it; without one, the court's own reference."""
    return "".join(ptiurn.replace("/", " ").split()).upper() or order_ref.strip().upper()
