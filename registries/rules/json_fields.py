"""Typed access to JSON that others wrote: a wrong type refuses the record, it never raises through."""

import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from registries.rules.results import Refused
from registries.rules.texts import tidy

# Fifty megabytes of ROR's records have one million.
MOST_CONTAINERS = 2_500_000
_END_OF_SPACE = re.compile(r"[ \t\r\n]*")


def read_json(data: bytes) -> Any:
    """The document in `data`, UTF-8 with or without a byte order mark.

    Raises:
        Refused: `json_invalid` with line and column, `json_too_deep`, `json_too_many` for more lists and objects than any
            list that is published (each takes memory, empty or not), or `encoding_not_utf8`.
    """
    if data.count(b"[") + data.count(b"{") > MOST_CONTAINERS:
        raise Refused("json_too_many", most=MOST_CONTAINERS)
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


def read_json_documents(data: bytes) -> Any:
    """As `read_json`; of several documents one after another, in lines or without anything between them, a list.

    Raises:
        Refused: as `read_json`, by the place in the whole file.
    """
    try:
        return read_json(data)
    except Refused as refused:
        if refused.code != "json_invalid" or refused.params.get("reason") != "Extra data":
            raise
    text = data.decode("utf-8-sig")
    decoder, documents, at = json.JSONDecoder(parse_constant=_refuse_constant), [], 0
    while at < len(text):
        try:
            document, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise Refused("json_invalid", line=error.lineno, column=error.colno, reason=error.msg) from error
        except RecursionError as error:
            raise Refused("json_too_deep") from error
        except ValueError as error:
            raise Refused("json_number_too_long") from error
        documents += document if isinstance(document, list) else [document]
        at = _END_OF_SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing at all, too
    return documents


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

    def number_text(self, name: str) -> str:
        """A number, or a text that may be one, as text without a needless ".0"; "" when absent or null."""
        value = self._mapping.get(name)
        if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
            raise self._wrong(name, value)
        if isinstance(value, int | float):
            return format(Decimal(repr(value)).normalize(), "f")
        return self.text(name)

    def flag(self, name: str) -> bool:
        """True or false; false when absent or null."""
        value = self._mapping.get(name)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self._wrong(name, value)
        return value

    def value(self, name: str) -> Any:
        """Whatever stands there, to be read by its own reader."""
        return self._mapping.get(name)

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
