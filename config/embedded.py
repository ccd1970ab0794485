"""What the portal makes for itself when it runs without services."""

import os
import secrets
from pathlib import Path


def secret_key_in(folder: Path) -> str:
    """The key kept in `folder/secret_key`, made at the first start and readable by its owner alone."""
    path = folder / "secret_key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
