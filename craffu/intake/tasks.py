"""Background work of intake."""

from django.tasks import task

from craffu.access.queries import acting_user, user_by_name
from craffu.intake.queries import find_run
from craffu.intake.uploads import take_in_kept


@task()
def take_in_upload(username: str, run: str, expected: int | None) -> None:
    """Take in the files that somebody handed in for a run."""
    by = acting_user(user_by_name(username))
    found = find_run(by, run)
    if found is not None:
        take_in_kept(by=by, run=found, expected=expected)
