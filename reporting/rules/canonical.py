"""One text for the same data, so that the same data have the same digest."""

import hashlib
import json
from typing import Any


def canonical(data: Any) -> str:
    """`data` as JSON in one way only: keys in order, no spaces, no escapes, UTF-8.

    Raises:
        TypeError: something that is neither text, integer, truth value, None, list nor mapping: floats, too, have
            more than one spelling.
    """
    _refuse_floats(data)
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest_of(data: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def _refuse_floats(node: Any) -> None:
    if isinstance(node, float):
        raise TypeError(f"a float has no one spelling: {node!r}")
    if isinstance(node, dict):
        for key, value in node.items():
            if not isinstance(key, str):
                raise TypeError(f"a key that is no text: {key!r}")
            _refuse_floats(value)
    elif isinstance(node, list | tuple):
        for value in node:
            _refuse_floats(value)
