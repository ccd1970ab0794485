"""The embedded queue under many hands: every message arrives once, and none that is damaged ends its reader."""

import json
import logging
import multiprocessing
import time
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from django.conf import settings
from kombu import Connection

from config.folder_queue import Channel

WRITERS, READERS, EACH = 4, 4, 150


def channel_in(folder: Path) -> Any:
    (folder / "messages").mkdir(exist_ok=True)
    connection = Connection(
        "filesystem://",
        transport="config.folder_queue:Transport",
        transport_options={
            "data_folder_in": str(folder / "messages"),
            "data_folder_out": str(folder / "messages"),
            "control_folder": str(folder / "control"),
        },
    )
    return connection.channel()


def put_many(folder: Path, writer: int) -> None:
    channel = channel_in(folder)
    for number in range(EACH):
        # Long enough that a reader could meet it half written.
        channel._put("work", {"number": writer * EACH + number, "text": "架" * 5_000})


def get_many(folder: Path, done: Any, found: Any) -> None:
    channel = channel_in(folder)
    mine = []
    while True:
        no_more = done.is_set()
        try:
            mine.append(channel._get("work")["number"])
        except Empty:
            if no_more:
                break
            time.sleep(0.001)
    found.put(mine)


def test_many_writers_and_readers_lose_nothing_and_get_nothing_twice(tmp_path: Path) -> None:
    channel_in(tmp_path)
    spawn = multiprocessing.get_context("fork")
    done, found = spawn.Event(), spawn.Queue()
    readers = [spawn.Process(target=get_many, args=(tmp_path, done, found)) for _ in range(READERS)]
    writers = [spawn.Process(target=put_many, args=(tmp_path, number)) for number in range(WRITERS)]
    for process in [*readers, *writers]:
        process.start()
    for process in writers:
        process.join(60)
    done.set()
    numbers = sorted(number for _ in readers for number in found.get(timeout=60))
    for process in readers:
        process.join(60)
    assert numbers == list(range(WRITERS * EACH))
    assert [process.exitcode for process in [*readers, *writers]] == [0] * (READERS + WRITERS)
    assert list((tmp_path / "messages").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b'{"half": ', b"\xff\xfe"])
def test_a_message_that_cannot_be_read_is_put_aside_and_the_next_is_taken(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    channel = channel_in(tmp_path)
    damaged = tmp_path / "messages" / "00_damaged.work.msg"
    damaged.write_bytes(content)
    channel._put("work", {"number": 1})
    with caplog.at_level(logging.ERROR, logger="config.folder_queue"):
        assert channel._get("work") == {"number": 1}
    assert [record.getMessage() for record in caplog.records] == [
        f"A message of the queue cannot be read and was put aside: {damaged}.unreadable"
    ]
    assert Path(f"{damaged}.unreadable").read_bytes() == content
    with pytest.raises(Empty):
        channel._get("work")


def test_a_message_that_is_being_written_is_not_there_yet(tmp_path: Path) -> None:
    channel = channel_in(tmp_path)
    (tmp_path / "messages" / ".0123.writing").write_text('{"half": ')
    assert channel._size("work") == 0
    with pytest.raises(Empty):
        channel._get("work")


def test_the_oldest_message_is_taken_first(tmp_path: Path) -> None:
    channel = channel_in(tmp_path)
    for number in range(5):
        channel._put("work", number)
    assert [channel._get("work") for _ in range(5)] == list(range(5))


def test_bindings_that_cannot_be_read_are_made_anew(tmp_path: Path) -> None:
    channel = channel_in(tmp_path)
    (tmp_path / "control").mkdir()
    table = tmp_path / "control" / "work.exchange"
    table.write_bytes(b"")
    assert channel.get_table("work") == []
    channel._queue_bind("work", "work", "", "work")
    channel._queue_bind("work", "other", "", "other")
    assert json.loads(table.read_text()) == [["other", "", "other"], ["work", "", "work"]]
    channel._delete("work", "work", "work", "")
    assert json.loads(table.read_text()) == [["other", "", "other"]]


@pytest.mark.skipif(bool(settings.REDIS_URL), reason="with Redis there is no folder")
def test_the_portal_without_redis_uses_this_queue() -> None:
    from config.celery import app

    with app.connection_for_write() as connection:
        assert isinstance(connection.channel(), Channel)
