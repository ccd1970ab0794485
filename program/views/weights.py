"""Weights that a reader tries out on a dossier: in the address, never saved."""

from collections.abc import Iterable

from django.http import HttpRequest

from program.rules.dossier import HEAVIEST


def asked_weights(request: HttpRequest, items: Iterable[str]) -> dict[str, int]:
    """The weights in the address (`?w-<id>=3`) by item, those that are whole numbers from 0 to 100; nonsense is left out."""
    found = {}
    for item in items:
        text = request.GET.get(f"w-{item}", "")
        if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= HEAVIEST:
            found[item] = int(text)
    return found
