"""Among which institutions a budget is divided."""

from proposals.rules.institutions import Named, co_institutions


def names(*named: Named, lead: str = "見本大学", ror: str = "") -> list[str]:
    return [one.name for one in co_institutions(named, lead_names=(lead, ""), lead_ror_id=ror).values()]


def test_each_is_there_once_whatever_the_width_of_its_letters() -> None:
    assert names(Named("例示研究所"), Named("例示　研究所"), Named("ＡＢＣ大学"), Named("abc大学")) == [
        "例示研究所",
        "ＡＢＣ大学",
    ]


def test_the_lead_institution_is_none_of_them() -> None:
    assert names(Named("見本 大学"), Named("Sample", "057zh3y96"), ror="057zh3y96") == []


def test_one_name_with_and_without_a_ror_id_is_one_institution() -> None:
    found = co_institutions(
        [Named("例示研究所"), Named("例示研究所", "01sjwvz98")], lead_names=(), lead_ror_id=""
    )
    assert list(found) == ["01sjwvz98"]
