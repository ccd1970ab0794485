"""The bytes of a file: there whole or not at all, once, and taken away when nothing points to them."""

import datetime as dt
import hashlib
import os

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from kernel.clock import now
from kernel.files import store_upload
from kernel.files.models import StoredFile, content_path
from kernel.files.sweep import sweep_files
from tests.builders.raw_files import PDF, pdf

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(days=2)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stored(content: bytes) -> StoredFile:
    return store_upload(upload=SimpleUploadedFile("a.pdf", content), by=None, allowed=PDF)


def place_of(tmp_path, content: bytes):
    return tmp_path / content_path(hashlib.sha256(content).hexdigest())


def files_in(tmp_path) -> int:
    return len([path for path in tmp_path.rglob("*") if path.is_file()])


class BrokenOff(Exception):
    pass


def test_a_file_that_is_taken_back_leaves_a_content_which_is_swept_after_a_day(tmp_path):
    content = pdf()
    kept = stored(content)
    with pytest.raises(BrokenOff), transaction.atomic():
        stored(pdf(pages=2))
        raise BrokenOff
    assert (StoredFile.objects.count(), files_in(tmp_path), sweep_files()) == (1, 2, 0)
    with time_machine.travel(now() + LATER, tick=False):
        assert (sweep_files(), sweep_files()) == (1, 0)
    assert (files_in(tmp_path), kept.read()) == (1, content)


def test_a_beginning_that_was_left_behind_is_written_anew(tmp_path):
    content = pdf()
    place = place_of(tmp_path, content)
    place.parent.mkdir(parents=True)
    place.write_bytes(content[:100])
    assert stored(content).read() == content
    assert files_in(tmp_path) == 1


def test_a_beginning_beside_it_is_swept_and_nothing_that_is_not_ours(tmp_path):
    content = pdf()
    stored(content)
    place = place_of(tmp_path, content)
    (place.parent / "0123.part").write_bytes(b"%PDF-")
    (place.parent / "README").write_bytes(b"a person put this here")
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "x.part").write_bytes(b"y")
    with time_machine.travel(now() + LATER, tick=False):
        assert sweep_files() == 1
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        [place.name, "README", "x.part"]
    )


def test_an_old_content_that_is_sent_again_is_young_again(tmp_path):
    content = pdf()
    with pytest.raises(BrokenOff), transaction.atomic():
        stored(content)
        raise BrokenOff
    place = place_of(tmp_path, content)
    long_ago = (now() - LATER).timestamp()
    os.utime(place, (long_ago, long_ago))
    with pytest.raises(BrokenOff), transaction.atomic():
        stored(content)
        raise BrokenOff
    assert sweep_files() == 0
    assert place.is_file()


def test_a_write_that_fails_leaves_nothing(tmp_path, settings):
    content = pdf()
    settings.FILE_UPLOAD_PERMISSIONS = "no number"
    with pytest.raises(TypeError):
        stored(content)
    assert (files_in(tmp_path), StoredFile.objects.count()) == (0, 0)
