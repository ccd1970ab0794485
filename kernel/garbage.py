"""Collecting garbage in a process that serves: seldom, and never in what it loaded at its start."""

import gc
from typing import Final

# A page makes some ten thousand objects and few cycles. By Python's own bounds (700, 10, 10) a third of the time of a long
# list went into looking for them, nearly all of it through modules and templates, which stay.
AFTER: Final = (50_000, 20, 50)


def rest_what_is_loaded() -> None:
    """Leave what is loaded by now out of every later collection, and collect less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*AFTER)
