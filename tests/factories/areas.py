"""Two areas with two teams each, and short ways of saying where people and cases belong."""

from dataclasses import dataclass

from craffu.access.acting import Acting
from craffu.access.actions import set_up_area
from craffu.access.models import Area, Team, User
from craffu.access.reach.actions import place, post, say_reach

TEAMS = {"north": ("north-1", "north-2"), "south": ("south-1", "south-2")}


@dataclass(frozen=True)
class Areas:
    """The areas and teams by code, and whoever acts when somebody is posted."""

    by: Acting
    area: dict[str, Area]
    team: dict[str, Team]

    def of(self, code: str) -> tuple[Area | None, Team | None]:
        """`north`, or `north-1` for a team of it; nothing for nowhere."""
        team = self.team.get(code)
        return (self.area[code.partition("-")[0]] if code else None), team

    def post(self, user: User, code: str, *, held: bool = True) -> None:
        area, team = self.of(code)
        assert area is not None
        post(by=self.by, user=user, area=area, team=team, held=held, reason="a test")

    def narrow(self, role: str, reach: str = "area") -> None:
        say_reach(by=self.by, role=role, reach=reach, reason="a test")

    def place(self, by: Acting, reference: str, code: str = "", owner: User | None = None) -> None:
        area, team = self.of(code)
        place(by=by, kind="case", reference=reference, area=area, team=team, owner=owner, reason="a test")


def two_areas(by: Acting) -> Areas:
    made = {
        code: set_up_area(
            by=by, code=code, name_en=code.title(), name_cy={"north": "Gogledd", "south": "De"}[code],
            teams=[(team, team.title(), f"Tîm {team}") for team in teams],
        )
        for code, teams in TEAMS.items()
    }  # fmt: skip
    return Areas(by, made, {team.code: team for area in made.values() for team in area.teams.all()})
