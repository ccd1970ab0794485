"""A dossier's values as the rows of its page: the same for a draft, and for a version kept long ago."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from kernel.choices import label_of_value
from kernel.violations import Violation, sentence
from program.balances import TONES, turning_sentences, verdict_words
from program.dossiers import division_of, measured, people_of, scored_of, signed, text_of
from program.enums import EvidenceKind
from program.rules.balance import arithmetic, balance_of, decimal, sensitivities, verdict, with_weights
from program.rules.dossier import HEAVIEST
from program.views.weights import AskedWeights


def dossier_context(content: Mapping[str, Any], tries: AskedWeights) -> dict[str, Any]:
    """Evidence, balance, sensitivity, policies and consultations; `tries` are weights that the reader tries out. Nothing is
    worked out while one of them is no weight."""
    asked = {} if tries.wrong else tries.weights
    refusal = sentence(Violation("evidence_weight_out_of_range", params={"most": HEAVIEST}))
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
                "asked": tries.wrong.get(item["id"], tries.weights.get(item["id"], item["weight"])),
                "asked_error": refusal if item["id"] in tries.wrong else "",
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
                "id": found.get("id", ""),
                "held_on": dt.date.fromisoformat(found["held_on"]),
                "offices": text_of(found, "offices"),
                "points": text_of(found, "points"),
                "answer": text_of(found, "answer"),
                "participants": people_of(found),
                "raised": [
                    {"point": text_of(raised, "point"), "answer": text_of(raised, "answer")}
                    for raised in found.get("raised", [])
                ],
                "attachments": [
                    {"title": text_of(attachment, "title"), "name": attachment["name"]}
                    for attachment in found.get("attachments", [])
                ],
                "url": "",
                "moves": [],
            }
            for found in content["consultations"]
        ],
        "summary": text_of(content, "summary"),
        "division": division_of(content),
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
