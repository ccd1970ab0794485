from typing import Any

from program.rules.comparison import compare_dossiers


def item(key: str, **values: Any) -> dict[str, Any]:
    return {"id": f"id-{key}", "origin": key, "measure_ja": key, "weight": 1, "score": 1, **values}


def dossier(*evidence: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {
        "summary_ja": "",
        "summary_en": "",
        "evidence": list(evidence),
        "policies": [],
        "consultations": [],
        **values,
    }


def test_same_dossiers_differ_in_nothing() -> None:
    assert compare_dossiers(dossier(item("a")), dossier(item("a"))) == []


def test_an_item_is_known_by_its_origin_wherever_it_was_copied_to() -> None:
    copied = item("a", id="another", weight=4)
    changes = compare_dossiers(dossier(item("a")), dossier(copied))
    assert [(c.kind, c.values) for c in changes] == [("changed", (("weight", 1, 4),))]


def test_added_and_removed_items_are_told_apart() -> None:
    changes = compare_dossiers(dossier(item("a"), item("b")), dossier(item("b"), item("c")))
    assert [(c.kind, c.content["origin"]) for c in changes] == [("removed", "a"), ("added", "c")]


def test_order_of_items_is_no_difference() -> None:
    assert compare_dossiers(dossier(item("a"), item("b")), dossier(item("b"), item("a"))) == []


def test_changed_consultation_and_summary_are_told() -> None:
    talk = {"id": "t", "held_on": "2026-05-20", "answer_ja": ""}
    changes = compare_dossiers(
        dossier(consultations=[talk]),
        dossier(consultations=[{**talk, "answer_ja": "異存なし"}], summary_ja="新"),
    )
    assert [(c.part, c.values) for c in changes] == [
        ("summary", (("summary_ja", "", "新"),)),
        ("consultations", (("answer_ja", "", "異存なし"),)),
    ]


def test_a_version_from_before_both_languages_differs_in_what_was_changed_alone() -> None:
    old = {
        "id": "t",
        "held_on": "2026-05-20",
        "offices": "内閣府",
        "points": "分野",
        "answer": "",
        "participants": [{"office": "内閣府", "name": "見本"}],
        "raised": [{"point": "範囲", "answer": "同じ"}],
        "attachments": [{"title": "資料", "name": "a.pdf", "sha256": "0"}],
    }
    new = {
        "id": "t",
        "held_on": "2026-05-20",
        "offices_ja": "内閣府",
        "offices_en": "Cabinet Office",
        "points_ja": "分野",
        "points_en": "",
        "answer_ja": "",
        "answer_en": "",
        "participants_ja": [{"office": "内閣府", "name": "見本"}],
        "participants_en": [],
        "raised": [{"point_ja": "範囲", "point_en": "", "answer_ja": "同じ", "answer_en": ""}],
        "attachments": [{"title_ja": "資料", "title_en": "", "name": "a.pdf", "sha256": "0"}],
    }
    changes = compare_dossiers(
        dossier(consultations=[old]), dossier(consultations=[new], division_ja="", director_ja="")
    )
    assert [(c.part, c.values) for c in changes] == [
        ("consultations", (("offices_en", None, "Cabinet Office"),))
    ]
