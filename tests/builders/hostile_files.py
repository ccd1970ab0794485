"""Files that mean harm, each with the reason for which it is refused. All are made here, by code."""

import struct
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.builders.raw_files import (
    ANY,
    NON_PDF,
    PDF,
    Made,
    archive,
    document,
    jpeg,
    pdf,
    picture_of,
    png,
    raw_pdf,
    workbook,
    zeros_packed,
    zip_claiming,
)

SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
PAGE = b"<html><script>alert(1)</script></html>"
ACTIVE, HELD, TWO = "file_has_active_content", "file_holds_files", "file_is_two_kinds"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(
        b'<!ENTITY a%d "&a%d;&a%d;&a%d;&a%d;">' % (n + 1, n, n, n, n) if n else b'<!ENTITY a1 "&a;&a;&a;&a;">'
        for n in range(20)
    )
    + b"]><l>&a20;</l>"
)
FETCHES = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'


def hostile() -> Iterator[Made]:
    """(what it is, its name, its content, what is allowed there, the code of the reason)."""
    yield from _pdfs_that_act()
    yield from _pdfs_that_burden()
    yield from _two_at_once()
    yield from _archives()
    yield from _markup()
    yield from _pictures()
    yield from _wrong()
    yield from _names()


def _pdfs_that_act() -> Iterator[Made]:
    def acts(what: str, change: object, code: str = ACTIVE) -> Made:
        return Made(what, "a.pdf", pdf(change), PDF, code)

    def page_key(key: str, value: object) -> object:
        return lambda made: made.pages[0].obj.__setitem__(key, value)

    def root_key(key: str, value: object) -> object:
        return lambda made: made.Root.__setitem__(key, value)

    def annotation(**parts: object) -> object:
        return page_key("/Annots", Array([Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **parts)]))

    yield acts("a script on opening", root_key("/OpenAction", SCRIPT))
    yield acts(
        "a script after a harmless step", root_key("/OpenAction", Dictionary(S=Name.GoTo, Next=SCRIPT))
    )
    yield acts("a script by name", root_key("/Names", Dictionary(JavaScript=Dictionary(Names=["a", SCRIPT]))))
    yield acts("a script on closing", root_key("/AA", Dictionary(WC=SCRIPT)))
    yield acts("a script on turning the page", page_key("/AA", Dictionary(O=SCRIPT)))
    yield acts("a script behind a link", annotation(Subtype=Name.Link, A=SCRIPT))
    yield acts(
        "a program behind a link", annotation(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="calc.exe"))
    )
    yield acts(
        "a script in a field of a form",
        root_key("/AcroForm", Dictionary(Fields=[Dictionary(FT=Name.Tx, T="x", AA=Dictionary(K=SCRIPT))])),
    )
    yield acts(
        "a form that sends itself",
        annotation(Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm, F="http://x.example")),
    )
    yield acts("a form of XFA", root_key("/AcroForm", Dictionary(Fields=[], XFA="<xdp/>")))
    yield acts("a script in the outline", _with_outline)
    yield acts("a file inside", _with_file, HELD)
    yield acts(
        "a file pinned to a page", annotation(Subtype=Name.FileAttachment, FS=Dictionary(F="x.exe")), HELD
    )
    yield acts("a film on a page", annotation(Subtype=Name.RichMedia), HELD)
    yield acts("a portfolio of files", root_key("/Collection", Dictionary(Type=Name.Collection)), HELD)


def _with_outline(made: pikepdf.Pdf) -> None:
    entry = made.make_indirect(Dictionary(Title="x", A=SCRIPT))
    made.Root.Outlines = made.make_indirect(Dictionary(First=entry, Last=entry, Count=1))


def _with_file(made: pikepdf.Pdf) -> None:
    made.attachments["x.exe"] = b"MZ"


def _pdfs_that_burden() -> Iterator[Made]:
    locked = pdf(encryption=pikepdf.Encryption(owner="o", user="secret"))
    yield Made("a password to open", "a.pdf", locked, PDF, "file_encrypted")
    huge = pdf(lambda made: made.pages[0].obj.__setitem__("/MediaBox", Array([0, 0, 10**9, 10**9])))
    yield Made("a page of 350 kilometres", "a.pdf", huge, PDF, "file_page_too_large")
    scaled = pdf(lambda made: made.pages[0].obj.__setitem__("/UserUnit", 10**6))
    yield Made("a page made huge by its unit", "a.pdf", scaled, PDF, "file_page_too_large")
    nothing = pdf(lambda made: made.pages[0].obj.__setitem__("/MediaBox", Array([0, 0, 0, 0])))
    yield Made("a page of no size", "a.pdf", nothing, PDF, "file_damaged")
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    catalogue = b"<</Type/Catalog/Pages 2 0 R>>"
    flat = [catalogue, b"<</Type/Pages/Count 1000000/Kids[" + b"3 0 R " * 1_000_000 + b"]>>", leaf]
    yield Made("a million pages, one after another", "a.pdf", raw_pdf(flat), PDF, "file_too_heavy")
    folded = [catalogue]
    folded += [b"<</Type/Pages/Count 1000000/Kids[" + b"%d 0 R " % (n + 3) * 10 + b"]>>" for n in range(6)]
    yield Made("a million pages, folded", "a.pdf", raw_pdf([*folded, leaf]), PDF, "file_damaged")
    around = [catalogue, b"<</Type/Pages/Count 1/Kids[2 0 R]>>"]
    yield Made("pages that go round", "a.pdf", raw_pdf(around), PDF, "file_damaged")
    deep = [catalogue, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", leaf, b"[" * 200_000 + b"]" * 200_000]
    yield Made("lists in lists in lists", "a.pdf", raw_pdf(deep, needed=4), PDF, "file_too_heavy")
    marks = zeros_packed(1024)
    page = [
        catalogue,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        leaf[:-2] + b"/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(marks) + marks + b"\nendstream",
    ]
    yield Made("a page of 1 MB that unpacks to 1 GB", "a.pdf", raw_pdf(page), PDF, "file_too_heavy")
    yield Made("objects of 1 MB that unpack to 1 GB", "a.pdf", _object_bomb(), PDF, "file_damaged")

    def with_picture(made: pikepdf.Pdf) -> None:
        stream = made.make_stream(
            zlib.compress(b"0"), Subtype=Name.Image, Width=10**6, Height=10**6, Filter=Name.FlateDecode
        )
        made.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(x=stream))

    yield Made("a picture of a terapixel", "a.pdf", pdf(with_picture), PDF, "file_picture_too_large")
    whole = pdf()
    yield Made("cut off", "a.pdf", whole[: len(whole) // 2], PDF, "file_damaged")
    yield Made("cut off behind its header", "a.pdf", b"%PDF-1.7\n", PDF, "file_damaged")
    without_pages = pdf(lambda made: made.pages.__delitem__(0))
    yield Made("no page", "a.pdf", without_pages, PDF, "file_damaged")


def _object_bomb() -> bytes:
    """A cross-reference stream that names an object stream of a gigabyte, in which the catalogue should be."""
    packed = zeros_packed(1024)
    out = bytearray(b"%PDF-1.5\n")
    at = len(out)
    out += b"2 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    out += packed + b"\nendstream endobj\n"
    table = len(out)
    rows = struct.pack(">BIH", 0, 0, 0) + struct.pack(">BIH", 2, 2, 0) + struct.pack(">BIH", 1, at, 0)
    rows += struct.pack(">BIH", 1, table, 0)
    out += b"3 0 obj<</Type/XRef/Size 4/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % len(rows)
    return bytes(out) + rows + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % table


def _two_at_once() -> Iterator[Made]:
    whole = pdf()
    yield Made("PDF and archive", "a.pdf", whole + archive(x=b"y"), PDF, TWO)
    yield Made("archive and PDF", "a.zip", archive(**{"x.json": whole}, stored=True), (".zip",), TWO)
    yield Made("a page before a PDF", "a.pdf", PAGE + b"\n" + whole, PDF, TWO)
    yield Made(
        "a page in the head of a PDF", "a.pdf", whole.replace(b"\n", b"\n%" + PAGE + b"\n", 1), PDF, TWO
    )
    yield Made("a page behind a PDF", "a.pdf", whole + PAGE, PDF, TWO)
    yield Made("a second PDF behind the first", "a.pdf", whole + b"\njunk\n" + whole, PDF, TWO)
    yield Made("a picture before a PDF", "a.pdf", b"GIF89a\n" + whole, PDF, TWO)
    script = b"GIF89a/*" + b"\x00" * 9 + b"*/=1;alert(1)"
    yield Made("a picture that is a script", "a.pdf", script, PDF, "file_type_differs")
    yield Made("the same under another ending", "a.png", script, (".png",), "file_type_differs")
    yield Made("photograph and archive", "a.jpg", jpeg() + archive(x=b"y"), (".jpg",), TWO)
    yield Made("picture and page", "a.png", png() + PAGE, (".png",), TWO)


def _archives() -> Iterator[Made]:
    yield Made("a flat bomb", "a.zip", zip_claiming({"a.json": 1024}), (".zip",), "file_unpacks_too_large")
    inner = zip_claiming({"a.json": 1024})
    yield Made("a bomb in an archive", "a.zip", archive(**{"b.zip": inner}), (".zip",), HELD)
    many = archive(**{f"{n}.json": b"{}" for n in range(20_001)})
    yield Made("too many files", "a.zip", many, (".zip",), "file_unpacks_too_large")
    yield Made(
        "a way out of the folder",
        "a.zip",
        archive(**{"../../x.json": b"{}"}),
        (".zip",),
        "file_name_has_path",
    )
    yield Made("a locked archive", "a.zip", _locked(archive(x=b"y")), (".zip",), "file_encrypted")
    bomb = zip_claiming({"xl/workbook.xml": 0, "xl/worksheets/sheet1.xml": 1024})
    yield Made("a workbook of 1 MB that holds 1 GB", "a.xlsx", bomb, NON_PDF, "file_unpacks_too_large")
    dense = zip_claiming({"xl/workbook.xml": 0, "xl/worksheets/sheet1.xml": 150})
    yield Made("a sheet too densely packed", "a.xlsx", dense, NON_PDF, "file_unpacks_too_large")
    yield Made("macros", "a.xlsx", workbook(**{"xl/vbaProject.bin": b"x"}), NON_PDF, ACTIVE)
    yield Made(
        "a control of ActiveX", "a.docx", document(**{"word/activeX/activeX1.xml": b"<a/>"}), NON_PDF, ACTIVE
    )
    yield Made(
        "an object of OLE", "a.xlsx", workbook(**{"xl/embeddings/oleObject1.bin": b"x"}), NON_PDF, HELD
    )
    fetched = (
        b'<Relationship Type="attachedTemplate" Target="http://x.example/t.dotm" TargetMode="External"/>'
    )
    yield Made(
        "a template from elsewhere",
        "a.docx",
        document(**{"word/_rels/settings.xml.rels": fetched}),
        NON_PDF,
        ACTIVE,
    )
    yield Made(
        "a workbook with a password",
        "a.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 999,
        NON_PDF,
        "file_encrypted",
    )
    laughing = workbook(**{"xl/sharedStrings.xml": LAUGHS})
    yield Made("a workbook that laughs", "a.xlsx", laughing, NON_PDF, "file_has_entities")
    whole = workbook()
    yield Made("a workbook cut off", "a.xlsx", whole[: len(whole) // 2], NON_PDF, "file_damaged")
    yield Made("a workbook with a tail", "a.xlsx", whole + b"#!/bin/sh", NON_PDF, TWO)


def _locked(content: bytes) -> bytes:
    """An archive that says of its entry that it is encrypted."""
    at = content.index(b"PK\x01\x02")
    return content[: at + 8] + b"\x01" + content[at + 9 :]


def _markup() -> Iterator[Made]:
    yield Made("a billion laughs", "a.xml", LAUGHS, NON_PDF, "file_has_entities")
    yield Made(
        "a billion laughs in UTF-16",
        "a.xml",
        LAUGHS[21:].decode().encode("utf-16"),
        NON_PDF,
        "file_has_entities",
    )
    yield Made("a file of the machine fetched", "a.xml", FETCHES, NON_PDF, "file_has_entities")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    yield Made("a drawing with a script", "a.svg", svg, ANY, "file_type_not_allowed")
    yield Made("a drawing called data", "a.xml", svg, NON_PDF, "file_type_differs")
    yield Made("a page called data", "a.json", PAGE, NON_PDF, "file_type_differs")
    yield Made(
        "a page called a table",
        "a.csv",
        b"\xef\xbb\xbf\n<!DOCTYPE html>" + PAGE,
        NON_PDF,
        "file_type_differs",
    )


def _pictures() -> Iterator[Made]:
    yield Made(
        "a picture of 10 gigapixels", "a.png", picture_of(100_000, 100_000), ANY, "file_picture_too_large"
    )
    yield Made("a photograph of 4 gigapixels", "a.jpg", jpeg(65_500, 65_500), ANY, "file_picture_too_large")
    yield Made("a picture cut off", "a.png", png()[:-20], ANY, "file_damaged")
    yield Made("a picture with a wrong sum", "a.png", png().replace(b"IDAT", b"IDAU"), ANY, "file_damaged")
    yield Made("a photograph cut off", "a.jpg", jpeg()[:-4], ANY, "file_damaged")


def _wrong() -> Iterator[Made]:
    yield Made("nothing in it", "a.pdf", b"", PDF, "file_empty")
    yield Made("too large", "a.pdf", b"%PDF-" + b"0" * (21 * 2**20), PDF, "file_too_large")
    yield Made("a program called PDF", "a.pdf", b"MZ\x90\x00" + b"\x00" * 99, PDF, "file_type_differs")
    yield Made("a document called PDF", "a.pdf", document(), PDF, "file_type_differs")
    yield Made("a PDF called workbook", "a.xlsx", pdf(), NON_PDF, "file_type_differs")
    yield Made("a document called workbook", "a.xlsx", document(), NON_PDF, "file_type_differs")
    yield Made("a picture called table", "a.csv", png(), NON_PDF, "file_type_differs")
    yield Made("a program", "a.exe", b"MZ", ANY, "file_type_not_allowed")
    yield Made("an archive where none is asked for", "a.zip", archive(x=b"y"), PDF, "file_type_not_allowed")


def _names() -> Iterator[Made]:
    whole = pdf()
    for what, name, code in (
        ("two endings", "paper.pdf.exe", "file_type_not_allowed"),
        ("two endings the other way", "paper.exe.pdf", "file_name_deceives"),
        ("a way out", "../../etc/passwd.pdf", "file_name_has_path"),
        ("a path of Windows", "C:\\x\\y.pdf", "file_name_has_path"),
        ("a NUL", "a.pdf\x00.exe", "file_name_hidden"),
        ("a line break", "a\r\nSet-Cookie: x.pdf", "file_name_hidden"),
        ("turned round", "a\u202efdp.exe.pdf", "file_name_hidden"),
        ("three hundred characters", "x" * 296 + ".pdf", "file_name_too_long"),
        ("a device", "CON.pdf", "file_name_reserved"),
        ("another device", "lpt1.tar.pdf", "file_name_reserved"),
    ):
        yield Made(f"a name with {what}", name, whole, PDF, code)
