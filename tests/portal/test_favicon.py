"""What a browser asks for at the root without being told."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.context import PUBLIC_PAGES


@pytest.mark.django_db
def test_search_engines_are_told_the_public_pages_and_nothing_else() -> None:
    answer = Client().get("/robots.txt")
    allowed = set()
    for language in ("ja", "en"):
        with translation.override(language):
            allowed |= {f"Allow: {reverse(name)}" for _label, name in PUBLIC_PAGES}
            allowed.add(f"Allow: {reverse('portal:home')}$")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert {line for line in lines if line.startswith("Allow")} == allowed | {"Allow: /$", "Allow: /static/"}
    assert "Disallow: /" in lines


@pytest.mark.django_db
def test_the_icon_is_there_without_a_sign_in() -> None:
    answer = Client().get("/favicon.ico")
    assert (answer.status_code, b"".join(answer.streaming_content)[:6]) == (200, b"\0\0\1\0\3\0")
