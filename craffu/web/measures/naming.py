"""A measure by its name, and its part where it has several."""

from django.utils.translation import get_language

from craffu.measures.definitions import definition


def part_name(key: str) -> str:
    """Of a code and a part, such as `MET28:on_time`."""
    code, _colon, part = key.partition(":")
    one = definition(code)
    welsh = get_language() == "cy"
    said = next((each.words for each in one.parts if each.key == part), one.name)
    name = one.name.cy if welsh else one.name.en
    return f"{code} {name}: {said.cy if welsh else said.en}" if len(one.parts) > 1 else f"{code} {name}"
