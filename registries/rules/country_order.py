"""The order of countries in a list to choose from: by the name that the reader reads.

English names follow the alphabet without regard to case and accents (Åland under A). Japanese names follow the reading in
the order of the kana: small, voiced and lengthened kana count as the plain one (ヴ as ウ, ッ as ツ, ー as nothing). Names
of countries are katakana but for the words below, whose readings are given.
"""

import unicodedata

# Longer words first: the first that fits is read.
READINGS = (
    ("中華人民共和国", "チュウカジンミンキョウワコク"),
    ("特別行政区", "トクベツギョウセイク"),
    ("民主共和国", "ミンシュキョウワコク"),
    ("首長国連邦", "シュチョウコクレンポウ"),
    ("合衆国", "ガッシュウコク"),
    ("領有小離島", "リョウユウショウリトウ"),
    ("共和国", "キョウワコク"),
    ("極南諸島", "キョクナンショトウ"),
    ("自治区", "ジチク"),
    ("市国", "シコク"),
    ("連邦", "レンポウ"),
    ("諸島", "ショトウ"),
    ("地域", "チイキ"),
    ("洋", "ヨウ"),
    ("中央", "チュウオウ"),
    ("赤道", "セキドウ"),
    ("北朝鮮", "キタチョウセン"),
    ("南極", "ナンキョク"),
    ("日本", "ニホン"),
    ("中国", "チュウゴク"),
    ("韓国", "カンコク"),
    ("台湾", "タイワン"),
    ("香港", "ホンコン"),
    ("米領", "ベイリョウ"),
    ("英領", "エイリョウ"),
    ("仏領", "フツリョウ"),
    ("領", "リョウ"),
    ("国", "コク"),
    ("島", "トウ"),
    ("及", "オヨ"),
    ("東", "ヒガシ"),
    ("西", "ニシ"),
    ("南", "ミナミ"),
    ("北", "キタ"),
)
SMALL = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ", "ー・ ")


def reading(name_ja: str) -> str:
    """The name in katakana, as far as the words above go: 東ティモール → ヒガシティモール."""
    for word, kana in READINGS:
        name_ja = name_ja.replace(word, kana)
    return name_ja


def _plain(text: str) -> str:
    """Without accents and voicing marks, in one case."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def order_key(name: str, language: str) -> tuple[str, str]:
    """What to sort a country's `name` by; the name itself decides between equal ones."""
    if language == "ja":
        return (_plain(reading(name)).translate(SMALL), name)
    return (_plain(name), name)
