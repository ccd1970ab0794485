"""Files that look strange and are in order: each is accepted."""

import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name

from tests.builders.raw_files import (
    ANY,
    NON_PDF,
    PDF,
    Made,
    archive,
    jpeg,
    pdf,
    picture_of,
    png,
    raw_pdf,
    workbook,
)

TABLE = "課題番号,題名\r\nJPMJAP2326,髙﨑の研究\r\n"
PAPERS = (
    b'<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2023//EN" '
    b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_230101.dtd"><PubmedArticleSet/>'
)


def odd() -> Iterator[Made]:
    yield from _pdfs()
    yield from _names()
    yield Made("a large picture of one colour in a workbook", "a.xlsx", _with_picture(), NON_PDF)
    yield Made("a table in CP932", "a.csv", TABLE.encode("cp932"), NON_PDF)
    yield Made("a table with a byte-order mark", "a.csv", TABLE.encode("utf-8-sig"), NON_PDF)
    yield Made("a table in UTF-16", "a.csv", TABLE.encode("utf-16"), NON_PDF)
    yield Made("papers with a document type", "a.xml", PAPERS, NON_PDF)
    yield Made(
        "awards in an old encoding",
        "a.xml",
        '<?xml version="1.0" encoding="ISO-8859-1"?><é/>'.encode("latin-1"),
        NON_PDF,
    )
    yield Made("a document with a byte-order mark", "a.json", b"\xef\xbb\xbf{}", NON_PDF)
    yield Made("an archive of data", "a.zip", archive(**{"a/b.json": b"{}"}), NON_PDF)
    yield Made("a picture of 36 million pixels", "a.png", picture_of(6000, 6000), ANY)
    yield Made("a photograph with a small one behind it", "a.jpg", jpeg() + jpeg(), ANY)


def _pdfs() -> Iterator[Made]:
    def made(what: str, content: bytes) -> Made:
        return Made(what, "a.pdf", content, PDF)

    allow = pikepdf.Permissions(print_highres=False, print_lowres=False, extract=False)
    yield made("not to be printed", pdf(encryption=pikepdf.Encryption(owner="o", user="", allow=allow)))
    page = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    yield made("of version 1.0", raw_pdf(page, version=b"1.0"))
    yield made("of version 2.0", pdf(force_version="2.0"))
    yield made("made for the web", pdf(linearize=True, pages=3))
    yield made("with its objects packed", pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate))
    yield made(
        "with junk before its header", b"\xef\xbb\xbf\r\nContent-Type: application/pdf\r\n\r\n" + pdf()
    )
    yield made("filled up with zeros", pdf() + b"\x00" * 4096)
    yield made("changed twice", _changed_twice())
    yield made("for the archive", _for_the_archive())
    yield made(
        "a poster of A0",
        pdf(lambda one: one.pages[0].obj.__setitem__("/MediaBox", Array([0, 0, 2384, 3370]))),
    )
    yield made("turned", pdf(lambda one: one.pages[0].obj.__setitem__("/Rotate", 90)))
    yield made("of 500 pages", pdf(pages=500))
    yield made("with a link", pdf(_with_link))
    yield made("with an outline", pdf(_with_outline))
    yield made("a form that was filled in", pdf(_with_form))
    yield made("that opens at its second page", pdf(_that_opens, pages=2))
    yield made("with lists of names that are empty", pdf(_with_empty_names))


def _names() -> Iterator[Made]:
    whole = pdf()
    for what, name in (
        ("from a Mac", unicodedata.normalize("NFD", "申請書_がん.pdf")),
        ("in capitals", "PLAN.PDF"),
        ("without an ending", "研究計画"),
        ("with dots", "v1.2.final.pdf"),
        ("with a page's address", "www.example.com.pdf"),
        ("of 200 characters", "計" * 196 + ".pdf"),
        ("like a device", "console.pdf"),
        ("with a rare character", "𠮷野.pdf"),
    ):
        yield Made(f"a name {what}", name, whole, PDF)


def _changed_twice() -> bytes:
    """Changes that were appended, as a reader saves them: three ends, one header."""
    content = raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        ]
    )
    for _turn in range(2):
        before = content.rindex(b"startxref\n") + len(b"startxref\n")
        previous = int(content[before:].split()[0])
        at = len(content)
        content += b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 842]>>\nendobj\n"
        table = len(content)
        content += b"xref\n3 1\n%010d 00000 n \ntrailer\n<</Root 1 0 R/Size 4/Prev %d>>\n" % (at, previous)
        content += b"startxref\n%d\n%%%%EOF\n" % table
    return content


def _for_the_archive() -> bytes:
    """PDF/A-2b, as typst makes it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.typ"
        source.write_text("#set document(title: [A])\n= A")
        return typst.compile(source, pdf_standards=["a-2b"])


def _with_link(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI="https://www.example.com/")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
    made.pages[0].obj["/Annots"] = Array([link])


def _with_outline(made: pikepdf.Pdf) -> None:
    with made.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("計画", 0))


def _with_form(made: pikepdf.Pdf) -> None:
    field = made.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="氏名", V="山田", Rect=[0, 0, 99, 20])
    )
    made.pages[0].obj["/Annots"] = Array([field])
    made.Root.AcroForm = Dictionary(Fields=[field])


def _that_opens(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Array([made.pages[1].obj, Name.Fit])


def _with_empty_names(made: pikepdf.Pdf) -> None:
    made.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=[]), JavaScript=Dictionary(Names=[]))


def _with_picture() -> bytes:
    """A drawing of 20 MB, all in one colour, hardly anything once packed."""
    return workbook(**{"xl/media/image1.bmp": b"\x7f" * (20 * 1024 * 1024), "xl/media/image2.png": png()})
