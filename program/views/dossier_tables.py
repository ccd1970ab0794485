"""A dossier's values as the rows of its page: the same for a draft, and for a version kept long ago."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from kernel.choices import label_of_value
from program.balances import TONES, turning_sentences, verdict_words
from program.dossiers import measured, scored_of, signed, text_of
from program.enums import EvidenceKind
from program.rules.balance import arithmetic, balance_of, decimal, sensitivities, verdict, with_weights


def dossier_context(content: Mapping[str, Any], asked: Mapping[str, int]) -> dict[str, Any]:
    """Evidence, balance, sensitivity, policies and consultations; `asked` are weights that the reader tries out."""
    scored = scored_of(content)
    balance = balance_of(scored)
    tried = with_weights(scored, asked)
    said = verdict(balance.value)
    names = {item["id"]: text_of(item, "measure") for item in content["evidence"]}
    return {
        "rows": [
            _evidence(item)
            | {
                "product": str(product).replace("-", "−"),
                "without": decimal(found.without),
                "lighter": decimal(found.lighter),
                "heavier": decimal(found.heavier),
                "turns_at": "–" if found.turns_at is None else str(found.turns_at),
                "asked": asked.get(item["id"], item["weight"]),
            }
            for item, product, found in zip(
                content["evidence"], balance.products, sensitivities(scored), strict=True
            )
        ],
        "balance": decimal(balance.value),
        "verdict": verdict_words(said),
        "verdict_tone": TONES[said],
        "arithmetic": arithmetic(scored),
        "turning": turning_sentences(scored, names),
        "tried_balance": decimal(balance_of(tried).value) if asked else "",
        "tried_arithmetic": arithmetic(tried) if asked else "",
        "policies": [policy_row(policy) for policy in content["policies"]],
        "consultations": [
            {
                "participants": [],
                "raised": [],
                "attachments": [],
                "url": "",
                "moves": [],
                **found,
                "held_on": dt.date.fromisoformat(found["held_on"]),
            }
            for found in content["consultations"]
        ],
        "summary": text_of(content, "summary"),
    }


def policy_row(policy: Mapping[str, Any]) -> dict[str, Any]:
    """A policy document for a list."""
    return {
        "title": text_of(policy, "title"),
        "url": policy["url"],
        "decided_on": dt.date.fromisoformat(policy["decided_on"]) if policy["decided_on"] else None,
        "id": policy.get("id", ""),
        "moves": [],
    }


def _evidence(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": item["id"],
        "measure": text_of(item, "measure"),
        "kind_words": label_of_value(EvidenceKind, item["kind"]),
        "value": measured(item["value"]),
        "unit": text_of(item, "unit"),
        "year": str(item["year"]),
        "source": text_of(item, "source"),
        "source_url": item["source_url"],
        "added_by": item["added_by"] or "–",
        "added_at": dt.datetime.fromisoformat(item["added_at"]) if item["added_at"] else None,
        "reason": text_of(item, "reason"),
        "score": signed(item["score"]),
        "weight": item["weight"],
        "change_url": "",
    }
