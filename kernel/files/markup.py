"""Looking at the beginning of an XML file, before anything takes it apart."""

from typing import Any
from xml.parsers import expat

_PIECE = 16 * 1024
# Data comes in other elements than these: what is drawn or shown by a browser is no data.
_SHOWN = frozenset({"html", "svg", "script", "xhtml"})


class _Over(Exception):
    """The prolog is over, or something in it was enough."""

    def __init__(self, code: str = "") -> None:
        self.code = code


def fault_of_xml(content: bytes) -> str:
    """The code of what is wrong with what stands before and in the first element, or "". Broken XML is told by its reader,
    who can name the line.

    A document type may be named, as PubMed does; entities may not be declared: each may stand for a thousand others, or
    for a file of this machine.
    """
    parser = expat.ParserCreate()

    def entity(*_parts: Any) -> None:
        raise _Over("file_has_entities")

    def element(name: str, _attributes: dict[str, str]) -> None:
        raise _Over("file_type_differs" if name.rpartition(":")[2].lower() in _SHOWN else "")

    parser.EntityDeclHandler = entity
    parser.StartElementHandler = element
    try:
        for start in range(0, len(content), _PIECE):
            parser.Parse(content[start : start + _PIECE], False)
    except _Over as over:
        return over.code
    except (expat.ExpatError, ValueError, UnicodeDecodeError, LookupError):
        return ""
    return ""
