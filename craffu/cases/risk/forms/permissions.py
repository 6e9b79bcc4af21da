"""Who may load the form of a risk tool, and who reads the answers given with one."""

from craffu.access.acting import OPERATOR, Acting
from craffu.access.permissions import check_holds
from craffu.access.roles import OPS


def check_can_load_form(by: Acting) -> None:
    """A form is a setting of the force: its administrator, or whoever stands at the machine."""
    check_holds(by, "administrator", OPERATOR)


def check_can_read_answers(by: Acting) -> None:
    """Whoever works on cases; victim contact officers see the grade and judge nobody."""
    check_holds(by, *OPS)
