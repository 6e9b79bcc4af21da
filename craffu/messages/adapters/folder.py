"""Messages as files, one each, for the force's own gateway to take away: nothing leaves the machine by itself."""

import json
import os
import tempfile
from pathlib import Path

from craffu.messages.carrying import Carried, Receipt
from craffu.messages.facts import Parcel

# Names that a gateway gives a file when it is done with it.
_TAKEN = (".sent", ".delivered")
_FAILED = ".failed"


class Folder:
    """A file is named by our reference: the same message handed over twice is the same file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, parcel: Parcel) -> Receipt:
        """Write it whole or not at all, for nobody but whoever runs Craffu to read."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        before = self.found(parcel.reference)
        if before.carried is not Carried.UNKNOWN:
            return before
        text = json.dumps(
            {
                "reference": parcel.reference, "channel": parcel.channel, "language": parcel.language, "to": parcel.to,
                "subject": parcel.subject, "body": parcel.body,
            },
            ensure_ascii=False, indent=1,
        )  # fmt: skip
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".writing-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(self._at(parcel.reference))
        return Receipt(Carried.TAKEN, parcel.reference)

    def found(self, reference: str) -> Receipt:
        """By the name that a gateway gave it: `.sent` or `.delivered` once it went, `.failed` where it could not."""
        at = self._at(reference)
        if at.with_suffix(_FAILED).exists():
            return Receipt(Carried.FAILED, reference, "gateway_failed")
        if at.with_suffix(".delivered").exists():
            return Receipt(Carried.DELIVERED, reference)
        if at.exists() or any(at.with_suffix(one).exists() for one in _TAKEN):
            return Receipt(Carried.TAKEN, reference)
        return Receipt(Carried.UNKNOWN)

    def forget(self, reference: str) -> None:
        """What a gateway has taken away is kept no longer: it holds where somebody is reached."""
        for suffix in (*_TAKEN, _FAILED):
            self._at(reference).with_suffix(suffix).unlink(missing_ok=True)

    def _at(self, reference: str) -> Path:
        return self._folder / f"{reference}.json"
