"""What a field of a call's form takes that asks for a file: PDF always, other kinds where the call says so."""

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.violations import Violation
from program.enums import FileKind

# The endings by which the content of an upload is looked into (`kernel.files.inspect`).
ENDINGS = {
    FileKind.XLSX: (".xlsx",),
    FileKind.DOCX: (".docx",),
    FileKind.PICTURE: (".png", ".jpg", ".jpeg"),
    FileKind.CSV: (".csv",),
}
PDF = ".pdf"
NAMES = {FileKind.XLSX: "XLSX", FileKind.DOCX: "DOCX", FileKind.PICTURE: "PNG, JPEG", FileKind.CSV: "CSV"}
MOST_MEGABYTES = 100
MOST_PAGES = 2_000
MEGABYTE = 1024 * 1024


def endings_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """The endings that a field of these kinds takes, PDF first."""
    return (PDF, *(ending for kind in FileKind if kind.value in set(kinds) for ending in ENDINGS[kind]))


def kinds_in_letters(kinds: Iterable[str]) -> str:
    """PDF, XLSX, PNG, JPEG: the same in every language."""
    return ", ".join(["PDF", *(NAMES[kind] for kind in FileKind if kind.value in set(kinds))])


def is_pdf(name: str) -> bool:
    """Whether a file that was stored is a PDF: its content was found to be what its ending says."""
    return name.lower().endswith(PDF)


def file_bounds_violations(field: Mapping[str, Any]) -> list[Violation]:
    """What is wrong with the bounds of a field that takes a file (`file_kinds`, `most_megabytes`, `most_pages`)."""
    found = []
    if set(field.get("file_kinds") or ()) - {kind.value for kind in FileKind}:
        found.append(Violation("file_kind_unknown", "file_kinds"))
    for name, most in (("most_megabytes", MOST_MEGABYTES), ("most_pages", MOST_PAGES)):
        bound = field.get(name)
        if bound is not None and not 1 <= bound <= most:
            found.append(Violation("file_bound_out_of_range", name, {"most": most}))
    return found


def file_violation(
    file: Mapping[str, Any], *, field: str, kinds: Iterable[str], most_bytes: int, most_pages: int
) -> Violation | None:
    """What is wrong with a stored file (name, size, and of a PDF its pages) as the answer to a field. No bound where 0."""
    name = str(file["name"])
    kinds = tuple(kinds)
    if not name.lower().endswith(endings_of(kinds)):
        return Violation("file_type_not_allowed", field, {"name": name, "allowed": kinds_in_letters(kinds)})
    if most_bytes and file.get("size", 0) > most_bytes:
        return Violation("file_too_large", field, {"name": name, "limit_mb": most_bytes // MEGABYTE})
    if most_pages and (file.get("pages") or 0) > most_pages:
        return Violation("file_too_many_pages", field, {"name": name, "limit": most_pages})
    return None
