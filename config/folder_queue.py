"""The embedded queue: a folder, in which a message appears whole or not at all.

The library's own transport opens a message's file and then writes it, and reads what it has moved away without a look: a
reader that comes in between gets nothing, loses the message and dies of it. Here what is written comes by renaming, and
what cannot be read is put aside, under a name that the log tells.
"""

import fcntl
import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

log = logging.getLogger(__name__)
ASIDE = "unreadable"


def write_whole(path: Path, text: str) -> None:
    """Let the file appear, or be replaced, with all of its text at once."""
    being_written = path.with_name(f".{uuid.uuid4().hex}.writing")
    try:
        being_written.write_text(text, encoding="utf-8")
        being_written.replace(path)
    except BaseException:
        being_written.unlink(missing_ok=True)
        raise


class Channel(filesystem.Channel):
    """Files named `<nanoseconds>_<uuid>.<queue>.msg`, so that the oldest is taken first also after a restart."""

    def _put(self, queue: Any, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # the library's own class names it so too
        name = f"{time.time_ns():020}_{uuid.uuid4().hex}.{queue}.msg"
        write_whole(Path(self.data_folder_out) / name, dumps(payload))

    def _get(self, queue: Any, timeout: Any = None) -> Any:
        """The oldest message that can be read.

        Raises:
            Empty: there is none.
        """
        folder = Path(self.data_folder_in)
        for path in sorted(folder.iterdir()):
            if path.name.partition(".")[2] != f"{queue}.msg":
                continue
            mine = path.with_name(f".{uuid.uuid4().hex}.taken")
            try:
                path.replace(mine)
            except FileNotFoundError:
                continue  # another worker was faster
            try:
                payload = loads(mine.read_text(encoding="utf-8"))
            except ValueError:
                aside = path.with_name(f"{path.name}.{ASIDE}")
                mine.replace(aside)
                log.error("A message of the queue cannot be read and was put aside: %s", aside)
                continue
            mine.unlink()
            return payload
        raise Empty

    def get_table(self, exchange: str) -> list[Any]:
        """What is bound to the exchange; nothing where its file cannot be read: the next binding writes it anew."""
        try:
            return list(super().get_table(exchange))
        except ValueError:
            log.error("The bindings of the exchange %r cannot be read; they are made anew.", exchange)
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._table_locked():
            table = self.get_table(exchange)
            if bound not in table:
                write_whole(self._exchange_file(exchange), dumps([bound, *table]))

    def _delete(
        self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **kwargs: Any
    ) -> None:
        self._purge(queue)
        unbound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._table_locked():
            table = self.get_table(exchange)
            if unbound in table:
                write_whole(
                    self._exchange_file(exchange), dumps([bound for bound in table if bound != unbound])
                )

    @contextmanager
    def _table_locked(self) -> Iterator[None]:
        """Two that bind at once would else each write a table without the other's queue."""
        self.control_folder.mkdir(parents=True, exist_ok=True)
        with (self.control_folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    """What `CELERY_BROKER_TRANSPORT` names."""

    Channel = Channel
