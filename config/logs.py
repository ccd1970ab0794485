"""What is logged, and where it goes."""

from pathlib import Path
from typing import Any


def logging_to(file: Path | None, *, level: str) -> dict[str, Any]:
    """`LOGGING` for the settings: into the file, which another program may rotate; to the error stream where there is none."""
    where: dict[str, Any] = (
        {"class": "logging.handlers.WatchedFileHandler", "filename": file}
        if file
        else {"class": "logging.StreamHandler"}
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"log": {"formatter": "plain", **where}},
        # Says at each message of the embedded queue that a folder has no host name.
        "loggers": {"kombu.connection": {"level": "ERROR"}},
        "root": {"handlers": ["log"], "level": level},
    }
