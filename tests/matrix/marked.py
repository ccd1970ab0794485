"""The matrix's world with mark-up in whatever people have written: in every text of every record."""

import copy
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Left

from kernel.actions import writing
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from kernel.transitions import StateField
from tests.matrix.world import World

TAG = "<img src=x onerror=alert(1)>"
# Begins as a formula does, ends an attribute of either kind, and opens a tag.
MARK = f"=\"'{TAG}"
APPS = ("accounts", "registries", "program", "proposals", "projects", "review", "reporting")
SHORTEST = 40  # a column that holds less holds a code or a unit
# Texts that the portal, not a person, writes and reads: codes, keys, patterns, digests, what search compares.
OWN = (models.SlugField, models.EmailField, models.URLField, PublicIdField, StateField)
OWN_NAMES = {
    "about",
    "award_number_pattern",
    "doi",
    "key",
    "kind",
    "password",
    "project_number_format",
    "search_text",
    "sha256",
    "source_key",
    "office_zone",
    "zone",
}
# Blank until somebody settles the matter, which the database itself sees to: marked where there is something.
SETTLED = {"answer", "hidden_reason", "settlement"}
# Written once and never changed, which the database itself sees to: one more row each.
APPENDED = {"projects.LedgerEntry", "program.EnvelopeEntry"}


def texts_of(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, OWN)
        if not is_text or field.choices or field.unique or field.name in OWN_NAMES:
            continue
        if field.max_length is None or field.max_length >= SHORTEST:
            yield field


def marked(text: str, length: int | None = None) -> str:
    return f"{MARK} {text}"[:length]


def is_written(text: str) -> bool:
    """Whether a text inside a document was written by a person: not a code, a day or an address."""
    return (" " in text or not text.isascii()) and "://" not in text


def marked_through(value: Any) -> Any:
    """A document as JSON holds it, with every written text in it marked."""
    if isinstance(value, dict):
        return {key: marked_through(one) for key, one in value.items()}
    if isinstance(value, list):
        return [marked_through(one) for one in value]
    return marked(value) if isinstance(value, str) and is_written(value) else value


def mark_up(world: World) -> None:
    """Put mark-up into every text and every document of every record, and let everybody have one name alone."""
    models_ = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    with writing():
        for model in [*models_, StoredFile]:
            if model._meta.label in APPENDED:
                continue
            names = ["name"] if model is StoredFile else [field.name for field in texts_of(model)]
            _mark_columns(model, names)
            _mark_documents(model)
        apps.get_model("accounts.Person").objects.update(family_kanji="", family_romaji="", family_kana="")
        for row, changes in (
            (world.objects["entry"], {"amount": 1}),
            (world.objects["envelope"].entries.first(), {"amount": 1}),
        ):
            one = copy.copy(row)
            one._state = copy.copy(row._state)
            one.pk, one.public_id, one.reason = (
                None,
                type(row)._meta.get_field("public_id").get_default(),
                MARK,
            )
            for name, value in changes.items():
                setattr(one, name, value)
            one.save()


def _mark_columns(model: type[models.Model], names: list[str]) -> None:
    if not names:
        return
    values = {}
    for name in [name for name in names if name in SETTLED]:
        whole = Concat(Value(f"{MARK} "), F(name), output_field=models.TextField())
        model._default_manager.exclude(**{name: ""}).update(**{name: whole})
    for name in [name for name in names if name not in SETTLED]:
        field = model._meta.get_field(name)
        text: Any = Concat(Value(f"{MARK} "), F(name), output_field=models.TextField())
        values[name] = Left(text, field.max_length) if field.max_length else text
    if values:
        model._default_manager.update(**values)


def _mark_documents(model: type[models.Model]) -> None:
    names = [field.name for field in model._meta.concrete_fields if isinstance(field, models.JSONField)]
    for row in model._default_manager.all() if names else ():
        values = {name: marked_through(getattr(row, name)) for name in names}
        model._default_manager.filter(pk=row.pk).update(**values)
