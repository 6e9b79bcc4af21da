"""The gap between safe and felt safe in words: each figure, what it is split by, and why there is none."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.victims.gap.behind import Behind
from craffu.victims.gap.kinds import Figure, Split, Work
from craffu.victims.gap.rules import AGES
from craffu.victims.inviting.trust import PAGE
from craffu.victims.surveys.kinds import Mode, NotAsked
from craffu.victims.voice.subjects import WhyWithdrawn
from craffu.web.presenters import Text

FIGURES: Final[Mapping[Figure, Text]] = {
    Figure.DONE_UNSUPPORTED: gettext_lazy("Safety work was done, and they do not feel supported"),
    Figure.NOT_DONE_SUPPORTED: gettext_lazy("No safety work was done, and they feel supported"),
    Figure.TOLD_OF_DONE: gettext_lazy("Told of what was done for their safety"),
    Figure.FELT_SAFE: gettext_lazy("Feel safer"),
    Figure.LESS_SAFE: gettext_lazy("Feel less safe"),
    Figure.KEPT_INFORMED: gettext_lazy("Were kept informed"),
    Figure.TAKEN_SERIOUSLY: gettext_lazy("Were taken seriously"),
    Figure.FELT_SUPPORTED: gettext_lazy("Felt supported"),
    Figure.RESPONSE: gettext_lazy("Answered, of those whom it reached"),
    Figure.NOT_ASKED: gettext_lazy("Not asked because it was unsafe"),
    Figure.WITHDREW_14: gettext_lazy("Outcome 14: victim does not support action, suspect not identified"),
    Figure.WITHDREW_16: gettext_lazy("Outcome 16: victim does not support action, suspect identified"),
    Figure.WHY_14: gettext_lazy("Outcome 14: the reason is known"),
    Figure.WHY_16: gettext_lazy("Outcome 16: the reason is known"),
}
SPLITS: Final[Mapping[Split, Text]] = {
    Split.WHOLE: gettext_lazy("All together"),
    Split.WORK: gettext_lazy("Safety work by the day of the answer"),
    Split.STAGE: gettext_lazy("Stage"),
    Split.AREA: gettext_lazy("Area or station"),
    Split.RELATIONSHIP: gettext_lazy("Relationship of the suspect"),
    Split.SEX: gettext_lazy("Sex"),
    Split.AGE: gettext_lazy("Age"),
    Split.ETHNICITY: gettext_lazy("Ethnicity as they define it"),
    Split.OFFENCE_CLASS: gettext_lazy("Home Office class"),
}
WORK: Final[Mapping[str, Text]] = {
    Work.TOLD: gettext_lazy("Done, and they were told"),
    Work.DONE_NOT_TOLD: gettext_lazy("Done, and they were not told"),
    Work.NOT_DONE: gettext_lazy("None done"),
}
_AGE: Final[Mapping[str, Text]] = dict(
    zip(
        AGES,
        (
            gettext_lazy("Under 18"), gettext_lazy("18 to 24"), gettext_lazy("25 to 34"), gettext_lazy("35 to 44"),
            gettext_lazy("45 to 54"), gettext_lazy("55 to 64"), gettext_lazy("65 and over"),
        ),
        strict=True,
    )
)  # fmt: skip
_SEX: Final[Mapping[str, Text]] = {
    "F": gettext_lazy("Female"), "M": gettext_lazy("Male"), "X": gettext_lazy("Another sex"), "U": gettext_lazy("Not known"),
}  # fmt: skip
# What a suspect is to a victim.
RELATIONSHIPS: Final[Mapping[str, Text]] = {
    "partner": gettext_lazy("Partner"), "ex_partner": gettext_lazy("Former partner"), "family": gettext_lazy("Family"),
    "acquaintance": gettext_lazy("Acquaintance"), "neighbour": gettext_lazy("Neighbour"),
    "colleague": gettext_lazy("Colleague"), "stranger": gettext_lazy("Stranger"), "other": gettext_lazy("Somebody else"),
}  # fmt: skip
ETHNICITIES: Final[Mapping[str, Text]] = {
    "white": gettext_lazy("White"), "mixed": gettext_lazy("Mixed"), "asian": gettext_lazy("Asian"),
    "black": gettext_lazy("Black"), "other": gettext_lazy("Another ethnicity"),
}  # fmt: skip
_MODES: Final[Mapping[str, Text]] = {
    Mode.ONLINE: gettext_lazy("online"),
    Mode.PAPER: gettext_lazy("on paper"),
    Mode.TELEPHONE: gettext_lazy("by telephone"),
    Mode.IN_PERSON: gettext_lazy("in person"),
}
WHY_WITHDRAWN: Final[Mapping[str, Text]] = {
    WhyWithdrawn.FEAR: gettext_lazy("Fear"),
    WhyWithdrawn.PRESSURE: gettext_lazy("Pressure"),
    WhyWithdrawn.DELAY: gettext_lazy("It took too long"),
    WhyWithdrawn.NOT_BELIEVED: gettext_lazy("They felt that they were not believed"),
    WhyWithdrawn.WANTS_IT_OVER: gettext_lazy("They want it to be over"),
    WhyWithdrawn.OTHER: gettext_lazy("Another reason"),
}
WHY_NOT_ASKED: Final[Mapping[str, Text]] = {
    NotAsked.UNSAFE: gettext_lazy("It was unsafe"),
    NotAsked.NO_SAFE_WAY: gettext_lazy("No way to reach them is safe"),
    NotAsked.DOES_NOT_WANT: gettext_lazy("They do not want to be asked"),
    NotAsked.OTHER: gettext_lazy("Another reason"),
}
PARTS: Final[Mapping[str, Text]] = {
    **WHY_WITHDRAWN,
    **WHY_NOT_ASKED,
    "invited": gettext_lazy("Asked"),
}
LISTS: Final[Mapping[Behind, Text]] = {
    Behind.UNSUPPORTED: gettext_lazy("Safety work was done, and they do not feel supported"),
    Behind.LESS_SAFE: gettext_lazy("They feel less safe"),
    Behind.UNTOLD: gettext_lazy("Not told of what was done for their safety"),
    Behind.UNSAFE_TO_ASK: gettext_lazy("Not asked because it was unsafe"),
}


def survey_words(survey: str) -> str:
    """Which survey it was: whose, its version and its mode. Figures of two are two tables."""
    system, version, mode = survey.split("/")
    words = {
        "system": system_words(system), "version": version or _("not said"),
        "mode": str(_MODES[mode]) if mode else _("how is not said"),
    }  # fmt: skip
    return _("%(system)s, version %(version)s, %(mode)s") % words


def system_words(system: str) -> str:
    return _("Safe page") if system == PAGE else _("Survey of another system")


def value_words(by: Split, value: str, areas: Mapping[str, str]) -> str:
    """What a figure is split by, in words; what another system says stands as it says it."""
    if by is Split.WHOLE:
        return str(SPLITS[by])
    if not value:
        return _("Not known")
    known = {
        Split.WORK: WORK, Split.AGE: _AGE, Split.SEX: _SEX, Split.AREA: areas, Split.RELATIONSHIP: RELATIONSHIPS,
    }.get(by, {})  # fmt: skip
    return str(known.get(value, value.replace("_", " ") if by in (Split.STAGE, Split.RELATIONSHIP) else value))


def why_words(why: str, *, is_public: bool = False) -> str:
    """Why a figure is not shown (MSR-02, MSR-03)."""
    if why == "no_cases":
        return _("No cases")
    return _("Too few to show (fewer than 10)") if is_public else _("Too few to show (fewer than 5)")
