"""Typed access to JSON that others wrote: a wrong type refuses the record, it never raises through."""

import json
from collections.abc import Mapping
from typing import Any

from registries.rules.results import Refused
from registries.rules.texts import tidy


def read_json(data: bytes) -> Any:
    """The document in `data`, UTF-8 with or without a byte order mark.

    Raises:
        Refused: `json_invalid` with line and column, `json_too_deep`, or `encoding_not_utf8`.
    """
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise Refused("encoding_not_utf8", byte=error.start) from error
    except json.JSONDecodeError as error:
        raise Refused("json_invalid", line=error.lineno, column=error.colno, reason=error.msg) from error
    except RecursionError as error:
        raise Refused("json_too_deep") from error
    except ValueError as error:  # a number of more digits than Python agrees to read
        raise Refused("json_number_too_long") from error


def _refuse_constant(name: str) -> Any:
    raise Refused("json_not_a_number", value=name)


def as_mapping(value: object, field: str = "") -> "Fields":
    """Raises: Refused: `field_wrong_type`, when `value` is no JSON object."""
    if not isinstance(value, Mapping):
        raise Refused("field_wrong_type", field=field or "record", found=type(value).__name__)
    return Fields(value, field)


class Fields:
    """A JSON object with its path, for errors that say where."""

    def __init__(self, mapping: Mapping[str, Any], path: str = "") -> None:
        self._mapping, self._path = mapping, path

    def __contains__(self, name: str) -> bool:
        return name in self._mapping

    def names(self) -> list[str]:
        return [tidy(name) for name in self._mapping]

    def is_text(self, name: str) -> bool:
        return isinstance(self._mapping.get(name), str)

    def text(self, name: str, *, required: bool = False) -> str:
        """A tidied text; "" when absent or null and not required."""
        value = self._mapping.get(name)
        if value is None or value == "":
            if required:
                raise Refused("field_missing", field=self._at(name))
            return ""
        if not isinstance(value, str):
            raise self._wrong(name, value)
        tidied = tidy(value, field=self._at(name))
        if required and not tidied:
            raise Refused("field_missing", field=self._at(name))
        return tidied

    def integer(self, name: str) -> int | None:
        value = self._mapping.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(name, value)
        return value

    def flag(self, name: str) -> bool:
        """True or false; false when absent or null."""
        value = self._mapping.get(name)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self._wrong(name, value)
        return value

    def objects(self) -> list[Any]:
        """What stands under every name, in the order of the file."""
        return list(self._mapping.values())

    def child(self, name: str) -> "Fields":
        """An object; an empty one when absent or null."""
        value = self._mapping.get(name)
        return as_mapping({} if value is None else value, self._at(name))

    def children(self, name: str) -> list["Fields"]:
        return [as_mapping(item, f"{self._at(name)}[{i}]") for i, item in enumerate(self.values(name))]

    def texts(self, name: str) -> list[str]:
        """A list of texts, empty ones left out."""
        found = []
        for item in self.values(name):
            if not isinstance(item, str):
                raise self._wrong(name, item)
            found.append(tidy(item, field=self._at(name)))
        return [text for text in found if text]

    def values(self, name: str) -> list[Any]:
        """A list; an empty one when absent or null."""
        value = self._mapping.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._wrong(name, value)
        return value

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def _wrong(self, name: str, value: object) -> Refused:
        return Refused("field_wrong_type", field=self._at(name), found=type(value).__name__)
