"""The control by which a file is sent."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from kernel.files.inspect import MOST_PAGES
from kernel.files.store import look_into
from kernel.violations import RuleBroken, sentence

PDF_ONLY = (".pdf",)


class UploadField(forms.FileField):
    """A file of these kinds, looked into and scanned while the form is read: before any transaction begins, so that what takes
    time holds up nobody's writing. The action that stores it finds it done (`kernel.files.store.look_into`).

    `allowed` are extensions with their dot; `limit` is in bytes, the portal's own limit where 0.
    """

    def __init__(
        self,
        *,
        allowed: tuple[str, ...] = PDF_ONLY,
        limit: int = 0,
        most_pages: int = MOST_PAGES,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("max_length", 255)
        # An empty file has its own sentence, with its name.
        kwargs.setdefault("allow_empty_file", True)
        super().__init__(**kwargs)
        # Not `limit`: that is what a text field calls its characters, and what a page says of it.
        self.allowed, self.most_bytes, self.most_pages = allowed, limit, most_pages
        # A browser can say so before it sends; what holds is said here.
        self.widget.attrs["accept"] = ",".join(allowed)
        self.widget.attrs["data-max-bytes"] = str(limit or settings.UPLOAD_LIMIT_BYTES)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if hasattr(upload, "chunks"):
            try:
                look_into(upload, allowed=self.allowed, limit=self.most_bytes, most_pages=self.most_pages)
            except RuleBroken as broken:
                raise ValidationError([sentence(one) for one in broken.violations]) from broken
        return upload
