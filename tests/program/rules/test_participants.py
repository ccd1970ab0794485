import pytest

from program.rules.participants import Participant, participants_in


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "内閣府 科学技術・イノベーション推進事務局、見本 太郎",
            ("内閣府 科学技術・イノベーション推進事務局", "見本 太郎"),
        ),
        ("Cabinet Office, Secretariat, Taro Sample", ("Cabinet Office, Secretariat", "Taro Sample")),
        ("内閣府／見本", ("内閣府", "見本")),
        ("内閣府\t見本", ("内閣府", "見本")),
        ("文部科学省", ("文部科学省", "")),
    ],
)
def test_line_holds_an_office_and_a_name(line: str, expected: tuple[str, str]) -> None:
    assert participants_in(f"\n{line}\n\n") == ([Participant(*expected)], [])


def test_line_without_an_office_or_too_long_is_named_by_its_number() -> None:
    _, broken = participants_in(f"内閣府\n、見本\n{'あ' * 201}")
    assert [(v.code, v.params["line"]) for v in broken] == [
        ("participant_without_office", 2),
        ("participant_too_long", 3),
    ]
