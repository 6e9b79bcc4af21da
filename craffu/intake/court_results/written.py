"""How the format writes a date, a time, a number and a code; anything else is not one, and nothing is guessed (INT-03)."""

import re
from datetime import date, time
from itertools import groupby

LONGEST_CODE = 20

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*", re.ASCII)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_TIME = re.compile(r"(\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)
_RUNS_SHOWN = 8
_LONGEST_CLASS = 38


def as_date(text: str) -> date | None:
    """A date written year-month-day; a time zone behind it is passed over, as a day in court has none."""
    form = _DATE.fullmatch(text)
    if form is None:
        return None
    try:
        return date.fromisoformat(form.group(1))
    except ValueError:
        return None


def as_time(text: str) -> time | None:
    """A time of day as the court's clock shows it, to the second."""
    form = _TIME.fullmatch(text)
    if form is None:
        return None
    try:
        return time.fromisoformat(form.group(1))
    except ValueError:
        return None


def as_whole(text: str) -> int | None:
    """A whole number of at most six digits."""
    return int(text) if _WHOLE.fullmatch(text) else None


def as_yes_or_no(text: str) -> bool | None:
    """Y or N."""
    return {"Y": True, "N": False}.get(text)


def as_code(text: str, longest: int = LONGEST_CODE) -> str | None:
    """A code: a few letters, digits and signs without a space, so that free text is never taken for one."""
    return text if len(text) <= min(longest, LONGEST_CODE) and _CODE.fullmatch(text) else None


def as_area_code(text: str, longest: int = LONGEST_CODE) -> str | None:
    """A court area (PSA) code of four digits; some senders write it as a number and lose the leading nought."""
    code = as_code(text, longest)
    return code.zfill(4) if code is not None else None


def value_class(text: str) -> str:
    """The shape of a value without the value, safe to store and show: letters A, digits 9, spaces _, others #.

    'XXXXXXXXX' is 'A×9' and '1101ZD01410791W' is '9×4 A×2 9×8 A×1'; an empty value is ''. At most 40 characters.
    """
    runs = [f"{sign}×{sum(1 for _ in run)}" for sign, run in groupby(text.strip(), key=_sign)]
    shown = " ".join(runs[:_RUNS_SHOWN])[:_LONGEST_CLASS]
    return f"{shown} …" if len(runs) > _RUNS_SHOWN else shown


def _sign(character: str) -> str:
    if character.isalpha():
        return "A"
    if character.isdigit():
        return "9"
    return "_" if character.isspace() else "#"
