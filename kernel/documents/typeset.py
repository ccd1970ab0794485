"""PDF documents, set by typst from a template and data.

    render_pdf("specimen", data, language="ja", assets={"use.svg": svg})

What a template gets. `data` travels as JSON in `sys.inputs` and is read with `json(bytes(...))`: a string of a user is
a value, never typst source. `data["document"]` describes the document itself (see `DocumentMeta`) and is demanded
here, because without title, author and language a PDF cannot be accessible. Files in `assets` (charts, as SVG or PNG)
lie under `/assets/` for that one document.

What a template cannot get. It sees the folder of templates and its assets, nothing else of the machine; no font but the
portal's own; no clock: the date of a document is `data["document"]["issued_at"]`. So the same data gives the same bytes.
"""

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal, NotRequired, TypeAlias, TypedDict

import structlog
import typst

from kernel.documents.errors import DocumentError
from kernel.documents.fonts import FONT_FOLDER
from kernel.documents.glyphs import printable

Language: TypeAlias = Literal["ja", "en"]
Standard: TypeAlias = Literal["ua-1", "a-2b", "a-3b"]

TEMPLATE_FOLDER: Final = Path(__file__).resolve().parents[2] / "templates" / "documents"

_log = structlog.get_logger(__name__)


class DocumentMeta(TypedDict):
    """What `data["document"]` holds. The house style prints it in header and footer and writes it into the file."""

    title: str
    authors: Sequence[str]
    """Who answers for the document: an agency, an institution, a person. At least one."""
    keywords: Sequence[str]
    """At least one: the series, the fiscal year, the number of what the document is about."""
    issued_at: str
    """ISO 8601 with its offset ("2027-03-15T17:00:00+09:00"): the instant whose data the document shows."""
    running_head: NotRequired[str]
    """Left side of the header: what series the document belongs to."""
    version: NotRequired[str]
    fingerprint: NotRequired[str]
    """SHA-256 of the data that the document shows, in hexadecimal: printed in the footer."""
    description: NotRequired[str]
    bilingual: NotRequired[bool]
    """The footer's words stand in both languages, as the document's own do (`both` in `words.typ`)."""


def render_pdf(
    template: str,
    data: Mapping[str, Any],
    *,
    language: Language,
    standard: Standard | None = "ua-1",
    assets: Mapping[str, bytes] | None = None,
    template_folder: Path = TEMPLATE_FOLDER,
    font_folder: Path = FONT_FOLDER,
) -> bytes:
    """Set `template` (a name in `templates/documents/`, without ".typ") with `data` and answer the PDF.

    `data` is anything that JSON can hold; amounts are integers, dates ISO strings. Characters that no font has are
    replaced by 〓 in every string of it (keys are left alone) and logged as `document.glyphs_replaced`; they never stop
    a document.

    `standard`: "ua-1" is PDF/UA-1, tagged and readable aloud. None makes a tagged PDF that claims no standard.

    Raises `DocumentError`:
    - `document_template_unknown` {template}
    - `document_metadata` {field}: `data["document"]` lacks a field or has it empty
    - `document_asset_name` {name}: an asset's name is no plain file name
    - `document_typeset` {template, message, hints}: typst refuses: a fault of the template, not of the data
    """
    source = _template_file(template, template_folder)
    issued_at = _checked_metadata(data)
    clean_data, replaced = _printable_tree(data)
    if replaced:
        _log.warning("document.glyphs_replaced", template=template, characters=sorted(replaced))
    with tempfile.TemporaryDirectory(prefix="document-") as folder:
        root = Path(folder)
        for part in template_folder.glob("*.typ"):
            shutil.copyfile(part, root / part.name)
        _write_assets(root / "assets", assets or {})
        return _compile(
            root / source.name,
            inputs={
                "data": json.dumps(clean_data, ensure_ascii=False, sort_keys=True, allow_nan=False),
                "language": language,
            },
            issued_at=issued_at,
            standard=standard,
            fonts=_fonts(font_folder),
        )


def _template_file(template: str, folder: Path) -> Path:
    path = folder / f"{template}.typ"
    if PurePosixPath(template).name != template or not path.is_file():
        raise DocumentError("document_template_unknown", {"template": template})
    return path


def _checked_metadata(data: Mapping[str, Any]) -> datetime:
    """The instant of the document, once everything that PDF/UA asks of a document is there."""
    meta = data.get("document")
    if not isinstance(meta, Mapping):
        raise DocumentError("document_metadata", {"field": "document"})
    for field in ("title", "authors", "keywords", "issued_at"):
        if not meta.get(field):
            raise DocumentError("document_metadata", {"field": field})
    try:
        issued_at = datetime.fromisoformat(meta["issued_at"])
    except (TypeError, ValueError) as error:
        raise DocumentError("document_metadata", {"field": "issued_at"}) from error
    if issued_at.tzinfo is None:
        raise DocumentError("document_metadata", {"field": "issued_at"})
    return issued_at


def _printable_tree(value: Any) -> tuple[Any, set[str]]:
    """A copy of a JSON tree in which every string can be printed, and the characters that could not."""
    replaced: set[str] = set()

    def visit(node: Any) -> Any:
        if isinstance(node, str):
            text, missing = printable(node)
            replaced.update(missing)
            return text
        if isinstance(node, Mapping):
            return {key: visit(item) for key, item in node.items()}
        if isinstance(node, list | tuple):
            return [visit(item) for item in node]
        return node

    return visit(value), replaced


def _write_assets(folder: Path, assets: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in assets.items():
        if (
            not name
            or PurePosixPath(name).name != name
            or name.startswith(".")
            or "\\" in name
            or "\0" in name
        ):
            raise DocumentError("document_asset_name", {"name": name})
        (folder / name).write_bytes(content)


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """The portal's fonts, read once a process: reading 19 MB for each document would cost more than setting it."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _compile(
    source: Path,
    *,
    inputs: dict[str, str],
    issued_at: datetime,
    standard: Standard | None,
    fonts: typst.Fonts,
) -> bytes:
    compiler = typst.Compiler(
        source,
        root=source.parent,
        font_paths=fonts,
        ignore_system_fonts=True,
        # No template may fetch a package: what a document is made of lies in this repository.
        package_path=source.parent / "packages",
        package_cache_path=source.parent / "packages",
    )
    try:
        pdf = compiler.compile(
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=[standard] if standard else [],
            timestamp=int(issued_at.timestamp()),
        )
    except typst.TypstError as error:
        raise DocumentError(
            "document_typeset",
            {"template": source.stem, "message": error.message, "hints": list(error.hints)},
        ) from error
    if not isinstance(pdf, bytes):
        raise TypeError(f"typst answered {type(pdf).__name__} for a PDF")
    return pdf
