"""What of her stands in something that is to leave: in its words, or drawn as a zone round her home (VIC-09)."""

from collections.abc import Iterable

from craffu.people.scanning import kinds_found

ZONE_ON_HER = "zone_centred_on_protected_address"


def leaks(text: str, protected: Iterable[tuple[str, str]], *, zone_is_centred_on_her: bool = False) -> list[str]:
    """The kinds of protected values found, in the order given, and the zone; nothing, and it may leave.

    Such a zone is stopped for a person to draw anew, whatever the text says.
    """
    values = list(protected)
    found = kinds_found(text, values)
    in_text = [kind for kind in dict.fromkeys(kind for kind, _ in values) if kind in found]
    return [*in_text, ZONE_ON_HER] if zone_is_centred_on_her else in_text
