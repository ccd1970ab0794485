import pytest

from registries.rules.country_order import order_key, reading


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en", ["Åland Islands", "Albania", "Côte d’Ivoire", "Croatia", "germany", "Ghana"]),
        (
            "ja",
            [
                "アイスランド",
                "アメリカ合衆国",
                "英領ヴァージン諸島",
                "エストニア",
                "オーストラリア",
                "ガーナ",
                "カナダ",
                "韓国",
            ],
        ),
        (
            "ja",
            [
                "スイス",
                "台湾",
                "チェコ",
                "チャド",
                "中国",
                "ドイツ",
                "日本",
                "ニュージーランド",
                "フィンランド",
                "ベトナム",
                "南アフリカ",
            ],
        ),
    ],
)
def test_names_stand_in_the_readers_order(language: str, ordered: list[str]) -> None:
    assert sorted(set(ordered), key=lambda name: order_key(name, language)) == ordered


def test_words_in_kanji_are_read() -> None:
    assert reading("東ティモール") == "ヒガシティモール"
    assert (
        reading("中華人民共和国香港特別行政区") == "チュウカジンミンキョウワコクホンコントクベツギョウセイク"
    )
