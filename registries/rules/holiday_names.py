"""The national holidays of Japan by their English names, as the Cabinet Office (内閣府) gives them."""

ENGLISH = {
    "元日": "New Year’s Day",
    "成人の日": "Coming of Age Day",
    "建国記念の日": "National Foundation Day",
    "天皇誕生日": "The Emperor’s Birthday",
    "春分の日": "Vernal Equinox Day",
    "昭和の日": "Showa Day",
    "憲法記念日": "Constitution Memorial Day",
    "みどりの日": "Greenery Day",
    "こどもの日": "Children’s Day",
    "海の日": "Marine Day",
    "山の日": "Mountain Day",
    "敬老の日": "Respect for the Aged Day",
    "秋分の日": "Autumnal Equinox Day",
    "体育の日": "Health and Sports Day",
    "体育の日（スポーツの日）": "Sports Day",
    "スポーツの日": "Sports Day",
    "文化の日": "Culture Day",
    "勤労感謝の日": "Labor Thanksgiving Day",
    "休日": "holiday in lieu",
    "振替休日": "holiday in lieu",
    "国民の休日": "national holiday",
    "休日（祝日扱い）": "national holiday",
    "即位の日": "Enthronement Day",
    "即位礼正殿の儀": "Enthronement Ceremony",
    "即位礼正殿の儀の行われる日": "Enthronement Ceremony",
}


def english_name(name: str) -> str:
    """The English name of a holiday; one that is not known keeps its Japanese name."""
    return ENGLISH.get(name.strip(), name)
