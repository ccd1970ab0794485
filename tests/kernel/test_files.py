import io
import unicodedata
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel import files
from kernel.files.inspect import check_content
from kernel.files.names import clean_name
from kernel.violations import RuleBroken

PDF = (".pdf",)


def pdf(change=None, **save) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **save)
    return out.getvalue()


def code_of(name: str, content: bytes, allowed=PDF, limit=10**7) -> str:
    with pytest.raises(RuleBroken) as broken:
        check_content(name, content, allowed=allowed, limit=limit)
    return broken.value.violations[0].code


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_an_ordinary_pdf_is_accepted():
    assert check_content("計画.pdf", pdf(), allowed=PDF, limit=10**6).media_type == "application/pdf"


def test_a_pdf_that_may_not_be_printed_is_accepted():
    locked = pdf(
        encryption=pikepdf.Encryption(owner="o", user="", allow=pikepdf.Permissions(print_highres=False))
    )
    assert check_content("a.pdf", locked, allowed=PDF, limit=10**6).media_type == "application/pdf"


def test_a_pdf_with_an_open_password_is_refused():
    assert code_of("a.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="secret"))) == "file_encrypted"


def test_a_pdf_with_a_script_is_refused():
    def with_script(document):
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")

    assert code_of("a.pdf", pdf(with_script)) == "file_has_active_content"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "file_empty"),
        ("a.exe", b"MZ", "file_type_not_allowed"),
        ("a.pdf", b"<html>", "file_type_differs"),
        ("a.pdf", b"%PDF-1.7 cut", "file_damaged"),
    ],
)
def test_a_file_that_is_not_what_is_asked_for_is_refused(name, content, code):
    assert code_of(name, content) == code


def test_a_pdf_that_is_also_an_archive_is_refused():
    assert code_of("a.pdf", pdf() + zipped(x=b"y")) == "file_is_two_kinds"


def test_a_file_over_the_limit_is_refused_with_the_limit():
    assert code_of("a.pdf", b"%PDF-" + b"0" * 100, limit=50) == "file_too_large"


def test_a_workbook_that_unpacks_to_far_too_much_is_refused_without_unpacking():
    bomb = zipped(xl__workbook_xml=b"0" * (201 * 1024 * 1024)).replace(b"workbook_xml", b"workbook.xml")
    assert code_of("a.xlsx", bomb, allowed=(".xlsx",)) == "file_unpacks_too_large"


def test_a_workbook_with_macros_is_refused():
    macros = (
        zipped(xl__workbook_xml=b"<w/>", xl__vbaProject_bin=b"x")
        .replace(b"_xml", b".xml")
        .replace(b"_bin", b".bin")
    )
    assert code_of("a.xlsx", macros, allowed=(".xlsx",)) == "file_has_active_content"


def test_a_text_file_that_is_a_picture_is_refused():
    assert code_of("a.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, allowed=(".csv",)) == "file_type_differs"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\x\\y.pdf", "y.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 176 + ".pdf"),
    ],
)
def test_a_name_loses_its_tricks(typed, kept):
    assert clean_name(typed) == kept


def test_a_name_from_a_mac_is_kept_composed():
    typed = unicodedata.normalize("NFD", "申請書_がん.pdf")
    assert clean_name(typed) == "申請書_がん.pdf"


@pytest.mark.django_db
def test_equal_contents_lie_in_the_storage_once(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    content = pdf()
    stored = [
        files.store_upload(upload=SimpleUploadedFile(name, content), by=None, allowed=PDF)
        for name in ("a.pdf", "b.pdf")
    ]
    assert stored[0].sha256 == stored[1].sha256
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1
    assert stored[1].read() == content


@pytest.mark.django_db
def test_a_stranger_s_file_is_served_as_an_attachment_in_a_sandbox(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    stored = files.store_upload(upload=SimpleUploadedFile("計画.pdf", pdf()), by=None, allowed=PDF)
    answer = files.respond(stored)
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E8%A8%88%E7%94%BB.pdf"
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
        "nosniff",
        "sandbox; default-src 'none'",
    )
    answer.close()


@pytest.mark.django_db
def test_a_pdf_of_the_portal_s_own_is_shown_inline(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    answer = files.respond(files.store_bytes(name="receipt.pdf", content=pdf()))
    assert answer["Content-Disposition"] == 'inline; filename="receipt.pdf"'
    answer.close()


def test_a_scanner_that_does_not_answer_fails_closed(settings):
    from kernel.files.scan import scan

    settings.CLAMD_ADDRESS = "127.0.0.1:9"
    with pytest.raises(RuleBroken) as broken:
        scan("a.pdf", b"x")
    assert broken.value.violations[0].code == "file_not_scanned"
