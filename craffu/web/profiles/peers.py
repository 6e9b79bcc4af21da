"""Which forces may be set beside each other: only those of a group stated in `peers.toml`, with its reason (MSR-08)."""

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from craffu.common.languages import sort_key
from craffu.published.areas import FORCE, Area, area_by_code
from craffu.published.definitions import Words


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Forces that are set beside each other, and why these."""

    key: str
    name: Words
    why: Words
    forces: tuple[Area, ...]

    def by_name(self, language: str) -> list[Area]:
        """In the order of their names, which says nothing of their figures."""
        return sorted(self.forces, key=lambda area: sort_key(area.name(language), language))


@functools.cache
def peer_groups() -> tuple[PeerGroup, ...]:
    """Every group. Raises ValueError for a force that nobody knows."""
    said = tomllib.loads(files("craffu.web.profiles").joinpath("peers.toml").read_text(encoding="utf-8"))
    return tuple(
        PeerGroup(
            key,
            Words(one["name_en"], one["name_cy"]),
            Words(one["why_en"], one["why_cy"]),
            tuple(_force(code) for code in one["forces"]),
        )
        for key, one in said.items()
    )


def _force(code: str) -> Area:
    area = area_by_code(FORCE, code)
    if area is None:
        raise ValueError(f"peers.toml: no force {code}")
    return area


def peers_of(area: Area) -> PeerGroup | None:
    """The group that a force belongs to, if any."""
    return next((group for group in peer_groups() if area in group.forces), None)
