"""A figure in words: how much it is, of how many, how sure that is, and why there is none (MSR-02 to MSR-04)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.measures.definitions import Definition, Slice, Statistic
from craffu.measures.kept.reading import Figure
from craffu.measures.releasing import NOT_SHOWN
from craffu.measures.rules import PER
from craffu.published.intervals import newcombe, ratio_change
from craffu.published.rules import READ_WITH_CARE_BELOW
from craffu.victims.gap.kinds import Split
from craffu.victims.gap.rules import AGES
from craffu.web.measures.words import QUESTIONS, RISKS
from craffu.web.orders.words import kind_words
from craffu.web.profiles.words import number_words, percent_words, rate_words
from craffu.web.victims.gap_words import ETHNICITIES, RELATIONSHIPS
from craffu.web.victims.gap_words import value_words as value_words_of

# Of which one person often has several.
CLUSTERED = "MET17"
_OF_SOMEBODY: dict[str, Split] = {Slice.AGE_BAND: Split.AGE, Slice.SEX: Split.SEX}
# With fewer than so many there are words, and no picture.
ENOUGH = 10
NO_VALUE = "no value"


def value_words(defined: Definition, one: Figure) -> str:
    """The figure itself; why there is none where there is none."""
    if one.is_hidden:
        return hidden_words(one)
    return why_words(one) if one.value is None else _value(defined, one.value)


def _value(defined: Definition, value: float) -> str:
    match defined.statistic:
        case Statistic.PROPORTION:
            return percent_words(value)
        case Statistic.COUNT:
            return number_words(int(value))
        case Statistic.DURATION:
            return ngettext("%(number)s day", "%(number)s days", int(value)) % {"number": number_words(int(value))}
        case Statistic.RATE if defined.code in PER:
            return _("%(rate)s for each 1,000") % {"rate": rate_words(value)}
    return _("%(rate)s a year of an order") % {"rate": rate_words(value)}


def hidden_words(one: Figure) -> str:
    """MSR-03: a figure that is not told is told of in words: it, what is left over or another beside it is small."""
    return _("Not shown: a count is fewer than %(number)s") % {"number": one.note.removeprefix(NOT_SHOWN)}


def why_words(one: Figure) -> str:
    """Why there is no value: of nothing to divide there are no cases, and never nought (MSR-02)."""
    if one.note == "not reached":
        return _("Not reached")
    if one.note.startswith(NO_VALUE):
        return _("Known only as things stand now")
    return _("No cases")


def of_words(defined: Definition, one: Figure) -> str:
    """How many of how many; empty where it is hidden or there is nothing."""
    if one.numerator is None or one.denominator is None or not one.denominator:
        return ""
    said = {"counted": number_words(one.numerator), "of": number_words(one.denominator)}
    if defined.statistic is Statistic.RATE and defined.code not in PER:
        return _("%(counted)s in %(of)s days of orders") % said
    if defined.statistic is Statistic.RATE:
        return _("%(counted)s orders beside %(of)s crimes") % said
    return _("%(counted)s of %(of)s") % said


def interval_words(defined: Definition, one: Figure) -> str:
    """Between what it lies, with how few it was worked out on."""
    if one.interval is None:
        return ""
    low, high = (
        percent_words(end) if defined.statistic is Statistic.PROPORTION else rate_words(end) for end in one.interval
    )
    said = _("95%% interval %(low)s to %(high)s") % {"low": low, "high": high}
    return f"{said}. {care_words()}" if is_few(defined, one) else said


def line_words(defined: Definition, one: Figure) -> str:
    """The figure with its counts and how sure it is, where there is room for one line."""
    value, of, sure = value_words(defined, one), of_words(defined, one), interval_words(defined, one)
    counted = f"{value} ({of})" if of else value
    return f"{counted}, {sure}" if sure else counted


def is_few(defined: Definition, one: Figure) -> bool:
    few = one.denominator is not None and 0 < one.denominator < READ_WITH_CARE_BELOW
    return defined.statistic is Statistic.PROPORTION and few


def is_handful(defined: Definition, one: Figure | None) -> bool:
    """Whether it is of so few that words and a list tell more than a picture; so is what is hidden, or not told as a whole."""
    if one is None:
        return False
    size = one.denominator if defined.statistic is Statistic.PROPORTION else one.numerator
    return size is None or size < ENOUGH


def care_words() -> str:
    return _("Fewer than 30: read with care")


def change_words(defined: Definition, now: Figure, before: Figure | None) -> str:
    """How a figure changed on the year before, with its interval; empty where either is not told (MSR-04).

    Newcombe's of a share, that of the ratio of a count or rate; from nought there is no percentage (MSR-02).
    """
    if before is None or now.value is None or before.value is None:
        return ""
    if defined.statistic is Statistic.PROPORTION:
        return _change_of_share(now, before)
    if defined.statistic is Statistic.DURATION:
        return ""
    return _change_of_ratio(defined, now, before)


def _change_of_share(now: Figure, before: Figure) -> str:
    if now.value is None or before.value is None or not now.denominator or not before.denominator:
        return ""
    low, high = newcombe(now.numerator or 0, now.denominator, before.numerator or 0, before.denominator)
    said = {"low": points(low), "high": points(high), "points": points(now.value - before.value)}
    if low <= 0 <= high:
        return _("No clear change on the year before: %(points)s points (95%% interval %(low)s to %(high)s)") % said
    if now.value > before.value:
        return _("Higher than in the year before: %(points)s points (95%% interval %(low)s to %(high)s)") % said
    return _("Lower than in the year before: %(points)s points (95%% interval %(low)s to %(high)s)") % said


def _change_of_ratio(defined: Definition, now: Figure, before: Figure) -> str:
    if not before.numerator:
        return _("None in the year before: a change from nought has no percentage")
    if not now.numerator or before.value is None or now.value is None:
        return _("None in this year, and some in the year before")
    # The counts say how sure it is; what rates are beside is known.
    beside = (before.denominator or 1) / (now.denominator or 1)
    low, high = (beside * (1 + end) - 1 for end in ratio_change(before.numerator, now.numerator))
    said = {"low": points(low), "high": points(high), "change": points(now.value / before.value - 1)}
    if low <= 0 <= high:
        words = _("No clear change on the year before: %(change)s%% (95%% interval %(low)s%% to %(high)s%%)") % said
    elif now.value > before.value:
        words = _("Higher than in the year before: %(change)s%% (95%% interval %(low)s%% to %(high)s%%)") % said
    else:
        words = _("Lower than in the year before: %(change)s%% (95%% interval %(low)s%% to %(high)s%%)") % said
    if defined.code != CLUSTERED:
        return words
    return f"{words}. {clustered_words()}"


def clustered_words() -> str:
    return _("Several incidents of one person make it less sure than that.")


def points(share: float) -> str:
    rounded = round(100 * share)
    return f"+{rounded}" if rounded > 0 else str(rounded).replace("-", "−")


def split_words(split: str, of: str) -> str:
    """The value of a split, as pages call it."""
    if split == Slice.ORDER_TYPE:
        return kind_words(of) if of else _("Of several kinds, or not said")
    if split in (Slice.RELATIONSHIP, Slice.ETHNICITY_SELF):
        return str((RELATIONSHIPS if split == Slice.RELATIONSHIP else ETHNICITIES)[of]) if of else _("Not known")
    if split in _OF_SOMEBODY:
        return value_words_of(_OF_SOMEBODY[split], of, {}) if of else _("Not known")
    if split == Slice.RISK:
        return str(RISKS[of])
    if split == Slice.OFFENCE_CLASS:
        return of or _("Class not said")
    survey, _slash, question = of.rpartition("/")
    whose, _slash, version = survey.partition("/")
    asked = _("The safe page") if whose == "safe_page" else _("Another system’s survey")
    number = version.partition("/")[0]
    named = _("%(survey)s, version and way %(number)s") % {"survey": asked, "number": number} if number else asked
    return f"{named}: {QUESTIONS[question]}"


def place_of(one: Figure) -> int:
    """Where a value of a split stands: ages go from the youngest, and what is not known comes last; all else as it is."""
    if one.split != Slice.AGE_BAND:
        return 0
    return AGES.index(one.of) if one.of in AGES else len(AGES)
