"""What a browser asks for at the root without being told."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_the_icon_is_there_without_a_sign_in() -> None:
    answer = Client().get("/favicon.ico")
    assert (answer.status_code, b"".join(answer.streaming_content)[:6]) == (200, b"\0\0\1\0\3\0")
