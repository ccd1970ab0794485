"""What reading a ZIP may raise where its bytes are not in order: one list, for whoever opens what a stranger has sent."""

import struct
import zipfile
import zlib

# `zipfile` gives no name of its own to most of what is wrong. NotImplementedError is its word for a version or a way of packing
# that it does not know, RuntimeError for a part that opens with a password; zlib and struct speak for themselves.
UNREADABLE_ARCHIVE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    zlib.error,
)
