"""Files: immutable, addressed by content, served only by a view that has checked a right (docs/adr/0011-files.md)."""

from kernel.files.preview import show
from kernel.files.respond import respond
from kernel.files.store import store_bytes, store_upload

__all__ = ["respond", "show", "store_bytes", "store_upload"]
