"""Opaque ids in addresses: nobody can count records or guess a neighbour's address (docs/adr/0002-opaque-ids.md)."""

import secrets
from typing import Any

from django.db import models

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def new_public_id() -> str:
    """Twelve characters of Crockford's base 32: 60 bits of chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdField(models.CharField):
    """The id by which an object is known outside the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=LENGTH, editable=False, default=new_public_id)
        super().__init__(*args, **{"unique": True, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "unique", "editable", "default"):
            kwargs.pop(key, None)
        if not self.unique:
            kwargs["unique"] = False  # in a table of history, where one id has many rows
        return name, path, args, kwargs


class PublicIdConverter:
    """`<pid:public_id>` in a route: anything else is no address of ours."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
