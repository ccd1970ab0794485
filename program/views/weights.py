"""Weights that a reader tries out on a dossier: in the address, never saved."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest

from program.rules.dossier import HEAVIEST

LONGEST = 20


@dataclass
class AskedWeights:
    """The weights that are tried, by item, and what was typed for an item and is no weight."""

    weights: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def asked_weights(request: HttpRequest, items: Iterable[str]) -> AskedWeights:
    """The weights in the address (`?w-<id>=3`) by item: whole numbers from 0 to 100; a blank one is not tried."""
    found = AskedWeights()
    for item in items:
        typed = request.GET.get(f"w-{item}", "").strip()
        text = unicodedata.normalize("NFKC", typed)
        if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= HEAVIEST:
            found.weights[item] = int(text)
        elif typed:
            found.wrong[item] = typed[:LONGEST]
    return found
