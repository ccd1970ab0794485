"""Put attachments behind a document: one file, with a bookmark for each.

What is appended was made by others and is tagged in its own way or not at all, so the merged file makes no claim to be
PDF/UA or PDF/A: the claim, which held for the main document alone, is taken out. Of an attachment only the pages are
copied. What was filled into its forms and written on its pages becomes part of them; scripts, embedded files and actions
are left behind, but for links to web addresses.
"""

import io
from collections.abc import Sequence
from typing import Final

import pikepdf

from kernel.documents.errors import DocumentError

_CLAIMS: Final = ("{http://www.aiim.org/pdfua/ns/id/}", "{http://www.aiim.org/pdfa/ns/id/}")
_PAGE_COUNT: Final = "{http://ns.adobe.com/xap/1.0/t/pg/}NPages"


def append_pdfs(main: bytes, attachments: Sequence[tuple[str, bytes]]) -> bytes:
    """`main` followed by each attachment's pages, in order, with the attachment's title as a bookmark at the first.

    `attachments`: (title, PDF). The bookmarks and the structure of `main` stay. The same input gives the same bytes;
    without attachments they are those of `main`.

    Raises `DocumentError` with {title} (that of `main` is ""):
    - `pdf_encrypted`: opens with a password only; a file that merely forbids printing or copying is taken
    - `pdf_damaged`: no PDF, or one that cannot be put right
    - `pdf_empty`: no page
    """
    if not attachments:
        return main
    target = io.BytesIO()
    with _opened("", main) as merged:
        bookmarks: list[pikepdf.OutlineItem] = []
        for title, content in attachments:
            bookmarks.append(pikepdf.OutlineItem(title, len(merged.pages)))
            with _opened(title, content) as attachment:
                _append_pages(merged, attachment, title)
        with merged.open_outline() as outline:
            outline.root.extend(bookmarks)
        merged.Root.PageMode = pikepdf.Name.UseOutlines
        _withdraw_claims(merged)
        merged.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _opened(title: str, content: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise DocumentError("pdf_encrypted", {"title": title}) from error
    except (pikepdf.PdfError, ValueError) as error:
        raise DocumentError("pdf_damaged", {"title": title}) from error
    try:
        count = len(pdf.pages)
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        pdf.close()
        raise DocumentError("pdf_damaged", {"title": title}) from error
    if not count:
        pdf.close()
        raise DocumentError("pdf_empty", {"title": title})
    return pdf


def _append_pages(merged: pikepdf.Pdf, attachment: pikepdf.Pdf, title: str) -> None:
    try:
        # A form's fields hang on the file that is left behind; a viewer would show them empty.
        attachment.generate_appearance_streams()
        attachment.flatten_annotations("screen")
        for page in attachment.pages:
            _make_harmless(page)
        merged.pages.extend(attachment.pages)
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError) as error:
        raise DocumentError("pdf_damaged", {"title": title}) from error


def _make_harmless(page: pikepdf.Page) -> None:
    """Take out what would act, and what points into the structure of a file that is left behind.

    Of the annotations only links are kept: all that had a look has become part of the page.
    """
    for key in ("/AA", "/StructParents", "/Metadata"):
        if key in page.obj:
            del page.obj[key]
    if "/Annots" not in page.obj:
        return
    kept = []
    for annotation in page.obj.Annots.as_list():
        if not isinstance(annotation, pikepdf.Dictionary) or not _opens_a_web_address(annotation):
            continue
        for key in ("/AA", "/StructParent"):
            if key in annotation:
                del annotation[key]
        kept.append(annotation)
    page.obj.Annots = pikepdf.Array(kept)


def _opens_a_web_address(annotation: pikepdf.Dictionary) -> bool:
    action = annotation.get("/A")
    if str(annotation.get("/Subtype")) != "/Link" or not isinstance(action, pikepdf.Dictionary):
        return False
    if str(action.get("/S")) != "/URI" or "/Next" in action:
        return False
    return str(action.get("/URI", "")).startswith(("http://", "https://", "mailto:"))


def _withdraw_claims(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for name in [name for name in metadata if name.startswith(_CLAIMS)]:
            del metadata[name]
        if _PAGE_COUNT in metadata:
            metadata[_PAGE_COUNT] = str(len(pdf.pages))
