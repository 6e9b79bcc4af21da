"""What a town is called in Welsh and in English, so that it is found by either name (BIL-04).

Pure. A Welsh name may be asked for as it stands in a sentence, its first consonant changed: Gaerfyrddin for Caerfyrddin.
"""

from typing import Final

from rapidfuzz.distance import OSA

from craffu.people.homes.towns import towns
from craffu.people.search.folding import fold
from craffu.people.search.forms import unchanged

_SHORTEST_BEGINNING: Final = 4
# A name of so many letters may be off by one.
_FORGIVEN_FROM: Final = 6


def places_named(asked: str) -> list[tuple[str, str]]:
    """Towns by either name, its beginning, or one letter off: their English and Welsh names. `asked` is folded."""
    wanted = {asked, *unchanged(asked)}
    found = [names for names in towns() if wanted & {fold(name) for name in names}]
    return found or [names for names in towns() if any(_is_like(asked, fold(name)) for name in names)]


def _is_like(asked: str, name: str) -> bool:
    plain = name.removeprefix("y ").removeprefix("yr ")
    if len(asked) >= _SHORTEST_BEGINNING and (name.startswith(asked) or plain.startswith(asked)):
        return True
    return len(asked) >= _FORGIVEN_FROM and OSA.distance(asked, plain, score_cutoff=1) <= 1
