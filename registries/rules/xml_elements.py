"""XML that others wrote, read without entities and without anything from outside."""

from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element, ParseError  # the types only; parsing is defusedxml's
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from registries.rules.results import Refused
from registries.rules.texts import tidy

# Award files are 5 deep, PubMed's 12; a file of 50 MB of PubMed's has a million elements.
DEEPEST, MOST_ELEMENTS = 200, 1_500_000
_PIECE = 64 * 1024


def read_xml(data: bytes) -> Element:
    """The root element of `data`.

    A DOCTYPE is allowed, as PubMed writes one; entities and external references are not.

    Raises:
        Refused: `xml_invalid` with line and column, `xml_unsafe`, or `xml_too_deep` for elements that are nested deeper or are
            more than those of any list that is published (each takes memory, however little it says).
    """
    _count(data)
    try:
        root = fromstring(data)
    except ParseError as error:
        line, column = error.position
        raise Refused("xml_invalid", line=line, column=column, reason=str(error).split(":")[0]) from error
    except DefusedXmlException as error:
        raise Refused("xml_unsafe", reason=type(error).__name__) from error
    except (
        LookupError,
        ValueError,
    ) as error:  # the declared encoding does not exist, or is not that of the bytes
        raise Refused("encoding_unknown") from error
    assert isinstance(root, Element)  # defusedxml carries no types
    return root


def _count(data: bytes) -> None:
    """Refuse a file by its elements before a tree is made of them; broken XML is left to the reader that names the place."""
    parser = expat.ParserCreate()
    depth = most = 0

    def begin(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, most
        depth, most = depth + 1, most + 1
        if depth > DEEPEST or most > MOST_ELEMENTS:
            raise Refused("xml_too_deep", deepest=DEEPEST, most=MOST_ELEMENTS)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(*_parts: Any) -> None:
        raise Refused("xml_unsafe", reason="EntitiesForbidden")

    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = begin, end, entity
    with suppress(expat.ExpatError, LookupError, ValueError):
        for start in range(0, len(data), _PIECE):
            parser.Parse(data[start : start + _PIECE], False)


def text_at(element: Element, path: str) -> str:
    """The whole text below the first element at `path`, mark-up such as <i> or <sub> left out; "" when absent."""
    found = element.find(path)
    return "" if found is None else whole_text(found)


def whole_text(element: Element) -> str:
    return tidy("".join(element.itertext()), field=element.tag)
