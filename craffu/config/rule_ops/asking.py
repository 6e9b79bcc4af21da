"""What a case file asks with, what it is answered, and what maps the one to the other."""

from collections.abc import Callable, Mapping
from typing import Any

type Given = Mapping[str, Any]
type Answer = dict[str, Any]
type Op = Callable[[Given], Answer]
