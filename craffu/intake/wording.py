"""Why something was refused or held back, in the reader's language: on a page, in a terminal, in a reject file (INT-03)."""

from collections.abc import Mapping

from django.utils.translation import gettext

from craffu.intake.kinds import FOUND_NAMES
from craffu.intake.refused import REFUSALS


def refusal_words(code: str, values: Mapping[str, str]) -> str:
    """What is wrong with a refused file and what to do; empty where code and values do not give a whole sentence."""
    filled = {name: gettext(value) if value in FOUND_NAMES else value for name, value in values.items()}
    try:
        return gettext(REFUSALS[code]) % filled
    except KeyError:
        return ""


def translated(sentence: tuple[str, str]) -> tuple[str, str]:
    """(what it means, what to do), from English."""
    what, do = sentence
    return gettext(what), gettext(do) if do else ""
