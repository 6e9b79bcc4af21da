"""What is given to sign a standing answer."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """The words in both languages, and by test why its verdict turned. `seen` is the hash of the figures that were read."""

    words_en: str
    words_cy: str
    causes: Mapping[str, str]
    seen: str
