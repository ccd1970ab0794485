"""XML that others wrote, read without entities and without anything from outside."""

from xml.etree.ElementTree import Element, ParseError  # the types only; parsing is defusedxml's

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from registries.rules.results import Refused
from registries.rules.texts import tidy


def read_xml(data: bytes) -> Element:
    """The root element of `data`.

    A DOCTYPE is allowed, as PubMed writes one; entities and external references are not.

    Raises:
        Refused: `xml_invalid` with line and column, or `xml_unsafe`.
    """
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


def text_at(element: Element, path: str) -> str:
    """The whole text below the first element at `path`, mark-up such as <i> or <sub> left out; "" when absent."""
    found = element.find(path)
    return "" if found is None else whole_text(found)


def whole_text(element: Element) -> str:
    return tidy("".join(element.itertext()), field=element.tag)
