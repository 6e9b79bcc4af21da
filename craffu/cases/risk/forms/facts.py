"""A form as its file gives it, and answers to one, before they are stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class FormRead:
    """A form that was checked. It bears no form without the reference of a licence."""

    tool: str
    version: str
    licence_ref: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to a loaded form, by the names of its questions; what was not answered is left out."""

    form: str
    answers: Mapping[str, str] = field(repr=False)
