"""Background work of intake."""

from django.tasks import task

from craffu.intake.uploads import take_in_kept


@task()
def take_in_upload(username: str, reference: str, expected: int | None) -> None:
    """Take in the files that somebody handed in for a run."""
    take_in_kept(username=username, reference=reference, expected=expected)
