"""Pages of an uploaded file as pictures, and what is done when they cannot be drawn."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from pikepdf import Array, Dictionary, Name
from PIL import Image

from kernel.files import store_upload
from kernel.files.models import StoredFile
from kernel.files.preview import pages_of, picture
from tests.builders.raw_files import ANY, jpeg, pdf, png

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stored(name: str, content: bytes) -> StoredFile:
    return store_upload(upload=SimpleUploadedFile(name, content), by=None, allowed=ANY)


def with_black_box(made) -> None:
    made.pages[1].obj["/Contents"] = made.make_stream(b"0 0 595 842 re f")


def test_the_page_that_is_asked_for_is_drawn_as_wide_as_the_screen():
    file = stored("a.pdf", pdf(with_black_box, pages=3))
    pictures = [Image.open(io.BytesIO(picture(file, number).content)) for number in ("1", "2")]
    assert [one.size for one in pictures] == [(1000, 1415)] * 2
    assert [one.convert("RGB").getpixel((500, 700)) for one in pictures] == [(255, 255, 255), (0, 0, 0)]


def stamped(made) -> None:
    look = made.make_stream(
        b"0 0 100 100 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 100])
    )
    stamp = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 742, 100, 842], AP=Dictionary(N=look), F=4
    )
    made.pages[0].obj["/Annots"] = Array([made.make_indirect(stamp)])


def test_what_was_pinned_to_a_page_is_seen():
    drawn = Image.open(io.BytesIO(picture(stored("a.pdf", pdf(stamped)), "1").content)).convert("RGB")
    assert [drawn.getpixel(place) for place in ((50, 50), (500, 500))] == [(0, 0, 0), (255, 255, 255)]


def test_a_picture_is_a_picture_and_nothing_else():
    answer = picture(stored("a.png", png(40, 20)), "1")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"], answer["Cache-Control"]) == (
        "image/png",
        "nosniff",
        "private, no-store",
    )
    assert Image.open(io.BytesIO(answer.content)).size == (1000, 500)


@pytest.mark.parametrize("asked", ["0", "4", "-1", "x", "", "１", "99999999999", "1\0"])
def test_a_page_that_is_not_there_is_absent(asked):
    file = stored("a.pdf", pdf(pages=3))
    with pytest.raises(Http404):
        picture(file, asked)


def test_a_picture_that_is_broken_inside_is_absent():
    file = stored("a.png", png(40, 20).replace(b"IEND", b"IEND"))
    file.sha256 = "0" * 64
    with pytest.raises(Http404):
        picture(file, "1")


@pytest.mark.parametrize(
    ("name", "content", "count"),
    [
        ("a.pdf", pdf(pages=3), 3),
        ("a.png", png(), 1),
        ("a.jpg", jpeg(), 1),
        ("a.csv", b"a,b\n", 0),
    ],
)
def test_pages_are_counted_also_where_they_were_not_before(name, content, count):
    file = stored(name, content)
    counts = [pages_of(file)]
    file.pages = None
    assert [*counts, pages_of(file)] == [count, count]
