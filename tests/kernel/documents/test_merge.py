"""Attachments behind a document: bookmarks, no claim that no longer holds, nothing that acts."""

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from kernel.documents.errors import DocumentError
from kernel.documents.merge import append_pdfs
from kernel.documents.specimen import specimen_data, specimen_pdf


def document() -> bytes:
    return specimen_pdf("ja")


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    target = io.BytesIO()
    pdf.save(target, deterministic_id="encryption" not in options, **options)
    return target.getvalue()


def sheet_of(width: int, pages: int = 1) -> pikepdf.Pdf:
    """A PDF of blank pages that are told by their width."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(width, 500))
    return pdf


def attachment(width: int, pages: int = 1) -> bytes:
    return saved(sheet_of(width, pages))


def widths(content: bytes) -> list[int]:
    return [round(page.get_width()) for page in pypdfium2.PdfDocument(content)]


def outline(content: bytes) -> list[tuple[str, int]]:
    """The top bookmarks with the page that each opens."""
    pdf = pypdfium2.PdfDocument(content)
    return [
        (item.get_title(), item.get_dest().get_index())
        for item in pdf.get_toc(max_depth=1)
        if item.get_dest() is not None
    ]


def refusal(attachments: list[tuple[str, bytes]], main: bytes | None = None) -> tuple[str, dict[str, object]]:
    with pytest.raises(DocumentError) as caught:
        append_pdfs(main or document(), attachments)
    return caught.value.code, caught.value.params


def test_pages_follow_in_order_with_a_bookmark_each() -> None:
    merged = append_pdfs(
        document(), [("研究計画", attachment(301, 2)), ("承諾書", attachment(302)), ("別紙", attachment(303))]
    )
    assert widths(merged)[3:] == [301, 301, 302, 303]
    assert outline(merged)[-3:] == [("研究計画", 3), ("承諾書", 5), ("別紙", 6)]
    assert outline(merged)[:-3] == outline(document())


def test_merged_file_claims_no_standard_and_stays_tagged() -> None:
    with pikepdf.open(io.BytesIO(append_pdfs(document(), [("別紙", attachment(301))]))) as pdf:
        with pdf.open_metadata() as xmp:
            assert "pdfuaid:part" not in xmp
            assert xmp["dc:title"] == specimen_data("ja")["document"]["title"]
            assert xmp["{http://ns.adobe.com/xap/1.0/t/pg/}NPages"] == "4"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "ja-JP"
        assert "/StructTreeRoot" in pdf.Root


def test_without_attachments_the_document_is_untouched() -> None:
    assert append_pdfs(document(), []) == document()


def test_same_input_gives_same_bytes() -> None:
    attachments = [("別紙", attachment(301))]
    assert append_pdfs(document(), attachments) == append_pdfs(document(), attachments)


def test_print_restricted_attachment_is_taken() -> None:
    locked = pikepdf.Encryption(
        owner="owner", user="", allow=pikepdf.Permissions(print_lowres=False, print_highres=False)
    )
    content = saved(sheet_of(301), encryption=locked)
    assert widths(append_pdfs(document(), [("別紙", content)]))[3:] == [301]


def test_attachment_with_an_open_password_is_refused() -> None:
    content = saved(sheet_of(301), encryption=pikepdf.Encryption(owner="owner", user="user"))
    assert refusal([("別紙", content)]) == ("pdf_encrypted", {"title": "別紙"})


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7\n%%EOF", attachment(301)[:120]])
def test_damaged_attachment_is_refused_by_its_title(content: bytes) -> None:
    assert refusal([("別紙", attachment(301)), ("図", content)]) == ("pdf_damaged", {"title": "図"})


def test_damaged_main_document_is_refused() -> None:
    assert refusal([("別紙", attachment(301))], main=b"no PDF") == ("pdf_damaged", {"title": ""})


def test_attachment_without_a_page_is_refused() -> None:
    assert refusal([("別紙", saved(pikepdf.new()))]) == ("pdf_empty", {"title": "別紙"})


def active_attachment() -> bytes:
    """A page with everything that acts, and one honest link."""
    pdf = sheet_of(301)
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    rectangle = Array([0, 0, 10, 10])

    def annotation(subtype: Name, **entries: Any) -> Dictionary:
        return Dictionary(Type=Name.Annot, Subtype=subtype, Rect=rectangle, **entries)

    pdf.Root.OpenAction = script
    button = pdf.make_indirect(
        annotation(Name.Widget, FT=Name.Btn, T=String("run"), A=script, AA=Dictionary(U=script))
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([button]))
    page = pdf.pages[0].obj
    page.AA = Dictionary(O=script)
    page.StructParents = 0
    page.Annots = Array(
        [
            annotation(Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org/"))),
            annotation(Name.Link, A=Dictionary(S=Name.URI, URI=String("javascript:alert(1)"))),
            annotation(Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org/"), Next=script)),
            annotation(Name.Link, A=Dictionary(S=Name.Launch, F=String("calc.exe"))),
            button,
            annotation(Name.FileAttachment),
            annotation(Name.RichMedia),
        ]
    )
    return saved(pdf)


def test_attachment_brings_nothing_that_acts() -> None:
    merged = append_pdfs(document(), [("別紙", active_attachment())])
    with pikepdf.open(io.BytesIO(merged)) as pdf:
        page = pdf.pages[3].obj
        assert [key for key in ("/AA", "/StructParents") if key in page] == []
        assert [(str(item.Subtype), str(item.A.URI)) for item in page.Annots.as_list()] == [
            ("/Link", "https://example.org/")
        ]
        assert [key for key in ("/OpenAction", "/AcroForm", "/Names") if key in pdf.Root] == []
    assert [
        word for word in (b"JavaScript", b"Launch", b"EmbeddedFile") if word in uncompressed(merged)
    ] == []


def uncompressed(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)


def filled_form() -> bytes:
    """A form as an institution fills it in: the value is in the field, and no viewer has drawn it yet."""
    pdf = sheet_of(301)
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("amount"),
            V=String("APPROVED 1234"),
            DA=String("/Helv 12 Tf 0 g"),
            Rect=Array([20, 20, 200, 40]),
            F=4,
        )
    )
    helvetica = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), NeedAppearances=True, DR=Dictionary(Font=Dictionary(Helv=helvetica))
    )
    pdf.pages[0].obj.Annots = Array([field])
    return saved(pdf)


def test_what_was_filled_into_a_form_can_be_read() -> None:
    merged = append_pdfs(document(), [("承諾書", filled_form())])
    assert pypdfium2.PdfDocument(merged)[3].get_textpage().get_text_range() == "APPROVED 1234"
