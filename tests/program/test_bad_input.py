"""What people really send: each comes back with a clear sentence beside its field or its row, and nothing is lost."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.utils import translation

from kernel import clock
from kernel.actions import writing
from kernel.forms import CodeField
from kernel.violations import RuleBroken
from program.actions import calls, designations
from program.actions import designation_life as life
from program.actions.call_copies import copy_call
from program.models import Call, Designation
from registries.models import Country, ExchangeRate
from tests.builders.program import make_call, make_stage, make_support_type, settle
from tests.program.test_call_actions import OPENS, a_ready_call
from tests.program.test_call_pages import new_call
from tests.program.test_designation_actions import a_draft, codes
from tests.program.test_designation_life import DAY, LAST, a_reviewed, decided
from tests.program.test_evidence_tables import preview_of, problems
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db
EVIDENCE = {
    "kind": "benefit",
    "measure_ja": "国際共著論文数",
    "value": "1,840",
    "unit_ja": "件",
    "year": "2021",
    "source_ja": "見本調査",
    "score": "2",
    "reason_ja": "第1位の相手国",
    "weight": "3",
}


def errors_of(response: Any) -> dict[str, list[str]]:
    return {field: list(errors) for field, errors in response.context["form"].errors.items()}


@pytest.mark.parametrize(
    ("deadline", "sentence"),
    [
        ("2026-11-30T17:00", "締切は公募開始より後にしてください。"),
        ("2026-12-01T10:00", "締切は公募開始より後にしてください。"),  # the very instant
        ("2027-02-29T17:00", "日時は「2027-03-15 17:00」の形で入力してください。"),
    ],
)
def test_a_deadline_that_cannot_be_is_told_beside_it_and_nothing_typed_is_lost(
    deadline: str, sentence: str
) -> None:
    stage = make_stage()
    answer = signed_in(stage.home1).post("/ja/calls/prepare/", new_call(stage, deadline_at=deadline))
    assert errors_of(answer) == {"deadline_at": [sentence]}
    assert "2027年度 量子 日米共同公募" in text_of(answer)
    assert not Call.objects.exists()


def test_a_call_of_29_february_is_copied_to_the_28th_and_keeps_its_order() -> None:
    stage = make_stage()
    japan = dt.timezone(dt.timedelta(hours=9))
    call = make_call(
        stage,
        opens_at=dt.datetime(2028, 2, 28, 17, tzinfo=japan),
        deadline_at=dt.datetime(2028, 2, 29, 17, tzinfo=japan),
    )
    # A year later both days are the 28th: the deadline would no longer lie after the opening.
    with pytest.raises(RuleBroken) as broken:
        copy_call(call=call, by=stage.home1, code="next", title_ja="次", title_en="Next")
    assert codes(broken) == ["deadline_not_after_opening"]
    with writing():
        Call.objects.filter(pk=call.pk).update(opens_at=dt.datetime(2028, 2, 1, 10, tzinfo=japan))
    copied = copy_call(call=call, by=stage.home1, code="next", title_ja="次", title_en="Next")
    assert Call.objects.get(pk=copied.pk).deadline_at == dt.datetime(2029, 2, 28, 17, tzinfo=japan)


@pytest.mark.parametrize("of_type", [False, True])
def test_a_cap_in_a_currency_without_a_rate_keeps_the_call_closed_and_names_it(of_type: bool) -> None:
    stage = make_stage()
    call = a_ready_call(stage)
    top = make_support_type(call) if of_type else None
    calls.set_cap(
        call=call, by=stage.home1, amount=70_000_000, currency="CHF", period="whole_term", support_type=top
    )
    settle(call)
    with pytest.raises(RuleBroken) as broken, clock.set_to(OPENS):
        calls.open_call(call=call, by=stage.home1)
    assert [(v.code, v.field) for v in broken.value.violations] == [("cap_rate_missing", "caps")]
    page = text_of(signed_in(stage.home1).get(f"/ja/calls/{call.public_id}/preparation/"))
    assert "CHFの円換算レートが登録されていません。" in page
    with writing():
        ExchangeRate.objects.create(
            currency="CHF", on=OPENS.date(), yen_per_unit=Decimal("170"), source="見本", basis="daily"
        )
    with clock.set_to(OPENS):
        assert calls.open_call(call=call, by=stage.home1).state == "open"


def gone() -> Country:
    with writing():
        return Country.objects.create(
            code="CS",
            name_ja="セルビア・モンテネグロ",
            name_en="Serbia and Montenegro",
            ended_on=dt.date(2006, 6, 3),
        )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "セルビア・モンテネグロは2006年6月3日（平成18年）をもって消滅しています。"),
        ("en", "Serbia and Montenegro ended on 3 June 2006 (Heisei 18): choose a country that exists."),
    ],
)
def test_a_country_that_no_longer_exists_is_named_beside_its_field(language: str, sentence: str) -> None:
    stage, country = make_stage(), gone()
    client = signed_in(stage.ministry1)
    designated = client.post(
        f"/{language}/designations/prepare/", {"field": stage.field.pk, "country": country.pk}
    )
    (told,) = errors_of(designated)["country"]
    grouped = client.post(
        f"/{language}/programme/{stage.programme.public_id}/groups/add/",
        {"code": "g", "title_ja": "国群", "title_en": "Group", "countries": ["GB", country.pk]},
    )
    (told_of_group,) = errors_of(grouped)["countries"]
    for words in (told, told_of_group):
        assert words.startswith(sentence)
    assert not Designation.objects.filter(country=country).exists()


def test_a_country_is_not_designated_past_its_end() -> None:
    stage, country = make_stage(), gone()
    with pytest.raises(RuleBroken) as broken:
        designations.prepare_designation(
            programme=stage.programme, field=stage.field, by=stage.ministry1, country=country
        )
    assert [(v.code, v.field) for v in broken.value.violations] == [("designation_country_ended", "country")]
    reviewed = a_reviewed(stage)
    with writing():
        Country.objects.filter(pk="GB").update(ended_on=LAST)
    for last in (None, LAST + dt.timedelta(days=1)):
        with pytest.raises(RuleBroken) as broken:
            life.sign_designation(designation=reviewed, by=stage.ministry1, valid_from=DAY, valid_until=last)
        assert [(v.code, v.field) for v in broken.value.violations] == [
            ("country_ended_before", "valid_until")
        ]
    signed = life.sign_designation(designation=reviewed, by=stage.ministry1, valid_from=DAY, valid_until=LAST)
    assert signed.state == "signed"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"source_ja": ""}, "source_ja"), ({"source_ja": "　"}, "source_ja"), ({"weight": "-1"}, "weight")],
)
def test_evidence_without_a_source_or_with_a_weight_below_zero_is_told_beside_its_field(
    changes: dict[str, str], field: str
) -> None:
    stage = make_stage()
    draft = a_draft(stage, is_complete=False)
    path = f"/ja/designations/{draft.public_id}/evidence/add/"
    answer = signed_in(stage.ministry1).post(path, {**EVIDENCE, **changes})
    assert list(errors_of(answer)) == [field]
    assert "第1位の相手国" in text_of(answer)
    assert not draft.evidence.exists()


def test_rows_without_a_source_or_of_a_bad_weight_are_told_by_their_numbers() -> None:
    stage = make_stage()
    draft = a_draft(stage, is_complete=False)
    with translation.override("ja"):
        preview = preview_of(
            draft,
            "benefit,論文数,1,件,2021,調査,,1,理由,0",
            "benefit,論文数,1,件,2021,,,1,理由,1",
            "benefit,論文数,1,件,2021,調査,,1,理由,101",
        )
    found = problems(preview)
    assert sorted(found) == [3, 4]
    assert [len(told) for told in found.values()] == [1, 1]
    assert "出典" in found[3][0]
    assert "重み" in found[4][0]


def test_a_dossier_all_of_whose_weights_are_zero_says_so_at_the_proposal() -> None:
    stage = make_stage()
    draft = a_draft(stage)
    with writing():
        draft.evidence.update(weight=0)
    answer = signed_in(stage.ministry1).post(f"/ja/designations/{draft.public_id}/propose/")
    assert answer.status_code == 422
    assert "重み" in text_of(answer)
    assert Designation.objects.get(pk=draft.pk).state == "draft"


def test_days_that_overlap_are_told_beside_the_first_day() -> None:
    stage = make_stage()
    decided(stage)
    reviewed = a_reviewed(stage)
    answer = signed_in(stage.ministry1).post(
        f"/ja/designations/{reviewed.public_id}/sign/",
        {"valid_from": LAST.isoformat(), "valid_until": ""},
    )
    (told,) = errors_of(answer)["valid_from"]
    assert told.startswith("「量子 × 英国」は2026年4月1日（令和8年）から2031年3月31日（令和13年）まで")


def _forms(kind: Any = forms.BaseForm) -> list[Any]:
    return [one for sub in kind.__subclasses__() for one in (sub, *_forms(sub))]


def test_no_form_tells_people_of_slugs() -> None:
    get_resolver().url_patterns  # noqa: B018  every form of ours is imported from there
    found = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.SlugField) and not isinstance(field, CodeField)
    ]
    assert found == []
    for language, words in (("ja", "半角の英数字"), ("en", "Latin letters, digits")):
        with pytest.raises(ValidationError) as refused:
            CodeField().clean("日本 語")
        with translation.override(language):
            told = str(refused.value)
        assert words in told
        assert "slug" not in told
