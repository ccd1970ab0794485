"""What every field of every form holds to, whichever page it stands on (cases.md, 4, 6, 7, 12 and 21)."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel.files.models import StoredFile
from tests.matrix.ask import address, first_allowed, own_answers, undone
from tests.matrix.junk import Fields
from tests.matrix.roles import ANONYMOUS, GUEST, SIGNED_IN
from tests.matrix.test_after_close import FILLED_IN
from tests.matrix.world import World, blank_pdf

pytestmark = pytest.mark.django_db
ANSWERS = {route: answer for route, answer in own_answers().items() if answer.post}
SIGNED = ("-500", "－５００", "ー５００", "−500", "ｰ500", "–500")
# A score runs from −2 to +2, a measured value may be a loss, and the bounds of a call's own question decide by themselves.
MAY_BE_NEGATIVE = {"score", "value", "lowest", "highest", "field_number"}


@dataclass
class Page:
    """A form's page, as somebody who may send it has it before them."""

    route: str
    role: str
    url: str
    fields: dict[str, forms.Field]
    data: dict[str, str]
    files: set[str]

    def sent(self, world: World, **files: bytes) -> Any:
        sent = {name: SimpleUploadedFile("file.pdf", content) for name, content in files.items()}
        return world.client(self.role).post(self.url, self.data | sent)


def forms_in(value: Any) -> Iterator[forms.BaseForm]:
    if isinstance(value, forms.BaseForm):
        yield value
    elif isinstance(value, (list, tuple, forms.BaseFormSet)):
        for one in value:
            yield from forms_in(one)


def pages(world: World) -> list[Page]:
    return [
        page_of(world, route, answer, role) for route, answer in ANSWERS.items() for role in senders(answer)
    ]


def senders(answer: Any) -> list[str]:
    """The first who may send a form; and whoever may without an account, by a link or by no right at all."""
    roles = [first_allowed(answer, "POST", some) for some in (SIGNED_IN, (GUEST,), (ANONYMOUS,))]
    return [role for role in roles if role is not None and not is_led_to_sign_in(answer, role)]


def is_led_to_sign_in(answer: Any, role: str) -> bool:
    return role not in SIGNED_IN and role not in (answer.post or {}).get(answer.expected("POST", role), ())


def page_of(world: World, route: str, answer: Any, role: str) -> Page:
    url, fields, page = address(world, route, answer), {}, Fields("")
    if answer.expected("GET", role) == 200:
        response: Any = world.client(role).get(url)
        page = Fields(response.content.decode())
        for context in response.context or ():
            for value in context.flatten().values():
                for form in forms_in(value):
                    fields |= {f"{form.prefix or ''}{name}": field for name, field in form.fields.items()}
    # A button alone is drawn by components/moves.html, with a token of its own.
    token = {} if page.values else {"form_token": f"button-{route}"[:40]}
    data = page.values | token | FILLED_IN.get(route.rpartition(":")[2], {})
    if page.files:
        data = {k: v for k, v in data.items() if not k.endswith("-clear") and "remove" not in k}
    return Page(route, role, url, fields, data, page.files)


@pytest.fixture(scope="module")
def opened(world: World, django_db_blocker: Any) -> list[Page]:
    with django_db_blocker.unblock(), undone():
        return pages(world)


def cleaned(field: forms.Field, text: str) -> Any:
    """What the field makes of a text; the class of the error, where it refuses it."""
    try:
        return field.clean(text)
    except ValidationError:
        return ValidationError


def each(opened: list[Page], kind: type | tuple[type, ...]) -> Iterator[tuple[str, str, Any]]:
    for page in opened:
        for name, field in page.fields.items():
            if isinstance(field, kind):
                yield f"{page.route} {name}", name, field


def is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def test_full_width_digits_are_digits_and_a_sign_is_refused_in_every_number(opened: list[Page]) -> None:
    found, wrong = 0, []
    for where, name, field in each(opened, (forms.CharField, forms.IntegerField, forms.DecimalField)):
        if isinstance(field.widget, forms.HiddenInput):
            continue
        plain = next((text for text in ("500", "2026", "50", "1") if is_number(cleaned(field, text))), "")
        if not plain:
            continue
        found += 1
        wide = plain.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
        if cleaned(field, wide) != cleaned(field, plain):
            wrong.append(f"{where}: {wide} is {cleaned(field, wide)}")
        read = {text: cleaned(field, text) for text in SIGNED}
        allowed = {Decimal(-500)} if name in MAY_BE_NEGATIVE else set()
        wrong += [
            f"{where}: {text} is {value}"
            for text, value in read.items()
            if value not in {ValidationError, *allowed}
        ]
    assert found > 40
    assert wrong == []


def test_a_nul_is_an_error_beside_every_text(opened: list[Page]) -> None:
    texts = list(each(opened, forms.CharField))
    assert len(texts) > 150
    assert [
        where for where, _name, field in texts if cleaned(field, "研究\x00計画") is not ValidationError
    ] == []


def test_every_long_text_counts_code_points_and_a_line_break_once(opened: list[Page]) -> None:
    found, wrong = 0, []
    for where, _name, field in each(opened, forms.CharField):
        limit = getattr(field, "limit", None) or field.max_length
        if not isinstance(field.widget, forms.Textarea) or not limit:
            continue
        found += 1
        text = "あ" * (limit - 2) + "\r\n" + "𠮷"
        if (
            cleaned(field, text) != text.replace("\r\n", "\n")
            or cleaned(field, text + "あ") is not ValidationError
        ):
            wrong.append(where)
        if field.widget.attrs.get("data-max-codepoints") != str(limit):
            wrong.append(f"{where}: the browser counts otherwise")
    assert found > 15
    assert wrong == []


def locked_pdf() -> bytes:
    """One that asks for a password before it is opened."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret", R=6))
    return out.getvalue()


def test_no_form_takes_a_file_that_cannot_be_opened(world: World, opened: list[Page]) -> None:
    taken: dict[str, list[str]] = {"plain": [], "locked": []}
    for page in opened:
        for kind, content in (("plain", blank_pdf()), ("locked", locked_pdf())) if page.files else ():
            with undone():
                before = StoredFile.objects.count()
                response = page.sent(world, **dict.fromkeys(page.files, content))
                assert response.status_code < 500
                if StoredFile.objects.count() > before:
                    taken[kind].append(page.route)
    assert len(taken["plain"]) >= 5
    assert taken["locked"] == []


# What may be written each time, since it says that something was asked or kept, not that it was done.
EACH_TIME = {"AuditEntry", "UsedToken"}


def counts() -> dict[str, int]:
    models = [model for config in apps.get_app_configs() for model in config.get_models()]
    ours = [m for m in models if m.__module__.split(".")[0] in OURS and m.__name__ not in EACH_TIME]
    return {model.__name__: model._default_manager.count() for model in ours}


OURS = {"kernel", "accounts", "registries", "program", "proposals", "projects", "review", "reporting"}


def test_a_form_sent_twice_is_sent_once(world: World, opened: list[Page]) -> None:
    before, done, twice = counts(), 0, {}
    for page in opened:
        with undone():
            page.sent(world)
            once = counts()
            page.sent(world)
            again = counts()
        done += once != before
        if changed := {name: (once[name], again[name]) for name in once if again[name] != once[name]}:
            twice[f"{page.route} as {page.role}"] = changed
    assert done >= 30
    assert twice == {}
