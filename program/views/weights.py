"""Weights that a reader tries out on a dossier: in the address, never saved."""

from collections.abc import Sequence

from django.http import HttpRequest

from program.models import EvidenceItem
from program.rules.balance import Scored
from program.rules.dossier import HEAVIEST


def scored(items: Sequence[EvidenceItem]) -> list[Scored]:
    """Evidence as the balance sees it."""
    return [Scored(item.public_id, item.score, item.weight) for item in items]


def asked_weights(request: HttpRequest, items: Sequence[EvidenceItem]) -> dict[str, int]:
    """The weights in the address (`?w-<id>=3`) by item, those that are whole numbers from 0 to 100; nonsense is left out."""
    found = {}
    for item in items:
        text = request.GET.get(f"w-{item.public_id}", "")
        if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= HEAVIEST:
            found[item.public_id] = int(text)
    return found
