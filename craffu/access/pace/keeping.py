"""Who asked how much lately, in this process's memory alone: each process counts for itself, and forgets with its end."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from craffu.access.pace.rules import Answer, Left, ask

# More people than one process ever serves within a minute.
_MOST_KNOWN: Final = 10_000


class Pace:
    """Safe among threads. Whoever asked longest ago is forgotten first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[str, Left] = OrderedDict()

    def ask(self, who: str, at: float, most_a_minute: int) -> Answer:
        with self._lock:
            answer = ask(self._known.pop(who, None), at, most_a_minute)
            self._known[who] = answer.left
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
        return answer
