"""What stands of somebody at this moment: their rights, how far roles reach, what is restricted, and what they are let into.

Every page waits for it, so that all of it is asked in one question, each time anew (SEC-01, SEC-02; ADR 120). The rules that
judge the answer stand where they always did.
"""

from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField, DateTimeField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from craffu.access.asking import prepared
from craffu.access.later import Later
from craffu.access.models import RightChange, User
from craffu.access.reach.models import RoleReachChange
from craffu.access.restricted.models import Admission, Restriction

# The columns of which these rows are made, in the order of their models; the others are read where somebody asks for them.
_OF_RESTRICTION: Final = ("id", "force_id", "kind", "reference", "restricted", "marking", "changed_at")
_OF_ADMISSION: Final = (
    "id", "force_id", "kind", "reference", "user_id", "admitted", "until", "emergency_id", "changed_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """The last word on each right and on the reach of each role; and every row on what is restricted and on whom it names,
    in the order they were written.
    """

    rights: frozenset[str]
    reaches: dict[str, str]
    restrictions: list[Restriction]
    admissions: list[Admission]


def told_of(user: User) -> Later[Told]:
    """All that was said of somebody and of their force. One query.

    A right stored for an area alone gives nothing: how far a right reaches is said by its role (access/reach), and it must not
    widen to the force.
    """
    return Later(partial(_told, user), _said.later(user.pk, user.force_id))


def _told(user: User, said: list[Any]) -> Told:
    held: dict[str, bool] = {}
    reaches: dict[str, str] = {}
    restrictions, admissions = [], []
    for row in sorted(said, key=itemgetter("n")):
        one, first, second, third, flag = row["n"], row["t1"], row["t2"], row["t3"], row["flag"]
        match row["what"]:
            case "right":
                held[first] = flag
            case "reach":
                reaches[first] = second
            case "shut":
                values = [one, user.force_id, first, second, flag, third, row["at_1"]]
                restrictions.append(Restriction.from_db(DEFAULT_DB_ALIAS, _OF_RESTRICTION, values))
            case "let_in":
                values = [one, user.force_id, first, second, user.pk, flag, row["at_2"], row["of"], row["at_1"]]
                admissions.append(Admission.from_db(DEFAULT_DB_ALIAS, _OF_ADMISSION, values))
    rights = frozenset(right for right, is_held in held.items() if is_held)
    return Told(rights, reaches, restrictions, admissions)


_NOTHING: Final = {
    **{name: Value("", output_field=TextField()) for name in ("t1", "t2", "t3")},
    **{name: Cast(Value(None), output_field=DateTimeField()) for name in ("at_1", "at_2")},
    "of": Cast(Value(None), output_field=BigIntegerField()),
}


@prepared
def _said(user: int, force: int) -> QuerySet[Any]:
    rights = RightChange.objects.filter(user=user, area=None)
    reaches = RoleReachChange.objects.filter(force=force)
    shut, let_in = Restriction.objects.filter(force=force), Admission.objects.filter(user=user)
    parts = [
        _as("right", rights, t1=F("right"), flag=F("held")),
        _as("reach", reaches, t1=F("role"), t2=F("reach"), flag=Value(value=True)),
        _as("shut", shut, t1=F("kind"), t2=F("reference"), t3=F("marking"), flag=F("restricted"), at_1=F("changed_at")),
        _as("let_in", let_in, t1=F("kind"), t2=F("reference"), flag=F("admitted"), at_1=F("changed_at"), at_2=F("until"),
            of=F("emergency_id")),
    ]  # fmt: skip
    every: QuerySet[Any] = parts[0].union(*parts[1:], all=True).order_by()
    return every


def _as(what: str, rows: QuerySet[Any], **said: Any) -> Any:
    named = {
        "what": Value(what, output_field=TextField()),
        "n": F("pk"),
        "flag": Value(value=False),
        **_NOTHING,
        **said,
    }
    return rows.order_by().values(**named)
