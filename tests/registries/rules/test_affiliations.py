import pytest

from tests.builders.registry_files import country_finder

FINDER = country_finder()


@pytest.mark.parametrize(
    ("affiliation", "country"),
    [
        ("Department of Neurosurgery, Osaka University Graduate School of Medicine, Osaka, Japan", "JP"),
        ("Kyoto University, Kyoto 606-8501, Japan.", "JP"),
        (
            "Department of Preventive Cardiology National Cerebral and Cardiovascular Center Suita Osaka Japan",
            "JP",
        ),
        ("Osaka University, Suita, Japan. name@derma.med.osaka-u.ac.jp.", "JP"),
        ("Nagoya University, Nagoya, Japan. Electronic address: name@bio.nagoya-u.ac.jp", "JP"),
        ("東京大学大学院理学系研究科, 東京都文京区, 日本", "JP"),
        ("Nikon Corporation (Japan)", "JP"),
        ("Department of Dentistry, China-Japan Union Hospital, Jilin University, Changchun, China", "CN"),
        ("Central South University, Changsha, Hunan 410013, P.R. China.", "CN"),
        ("Beijing, P. R. China", "CN"),
        ("College of Life Sciences, Xi'an, People's Republic of China", "CN"),
        ("The University of Hong Kong, Hong Kong, China", "HK"),
        ("Academia Sinica, Taipei, Taiwan, R.O.C.", "TW"),
        ("Inha University, Incheon 402-751, Republic of Korea", "KR"),
        ("Pusan National University, Busan, Korea. name@pusan.ac.kr", "KR"),
        ("Kim Il Sung University, Pyongyang, DPR Korea", "KP"),
        ("Wayne State University, Detroit, MI 48202, USA", "US"),
        ("Stanford University, Stanford, CA 94305", "US"),
        ("University of Washington, Seattle, WA", "US"),
        ("Department of Ecology; 621 Young Dr. South Los Angeles California 90095 USA", "US"),
        ("Johns Hopkins University, Baltimore, Maryland. name@nih.gov name@jhmi.edu", "US"),
        ("University of New Mexico", "US"),
        ("Bradley University, Peoria, Illinois 61625, United States", "US"),
        ("USA", "US"),
        ("University of Leicester, Leicester LE1 7RH, U.K.", "GB"),
        ("Queen's University Belfast, Northern Ireland", "GB"),
        ("Tilburg University, Tilburg, the Netherlands", "NL"),
        ("University of Port Moresby, Papua New Guinea", "PG"),
        ("University of Toronto, Toronto, Ontario M5S 1A1", "CA"),
        ("University of Western Australia", "AU"),
        ("Ankara, Turkey", "TR"),
        ("Masaryk University, Brno, Czech Republic", "CZ"),
        ("Tbilisi State University, Tbilisi, Georgia", "GE"),
        ("University of Georgia, Athens, Georgia", "US"),
    ],
)
def test_country_at_the_end_of_an_address_is_found(affiliation: str, country: str):
    assert FINDER.find(affiliation) == country


@pytest.mark.parametrize(
    "affiliation",
    [
        "",
        "name@example.org",
        "Stony Brook University",
        "University of California, Davis",
        "University of New England",
        "University of Georgia",
        "China-Japan Friendship Hospital",
        "Newark, DE",
        "University of Colorado, Boulder, CO",
        "Brazzaville or Kinshasa, Congo",
        "Systems NeurobiologyHoward Florey InstituteParkvilleAustralia",
    ],
)
def test_address_that_could_lie_anywhere_has_no_country(affiliation: str):
    assert FINDER.find(affiliation) is None


def test_two_institutions_in_one_text_are_parted():
    text = "Keio University, Tokyo, Japan; Harvard Medical School, Boston, MA 02115, USA. name@keio.jp"
    parts = FINDER.split(text)
    assert [FINDER.find(part) for part in parts] == ["JP", "US"]


def test_and_between_two_addresses_parts_them():
    parts = FINDER.split("University of Bern, Bern, Switzerland, and University of Tokyo, Tokyo, Japan")
    assert [FINDER.find(part) for part in parts] == ["CH", "JP"]


def test_text_is_left_whole_when_a_part_has_no_country():
    text = "Department of Botany, and Zoology; University of Tokyo, Tokyo, Japan"
    assert FINDER.split(text) == (text,)


def test_empty_text_has_no_parts():
    assert FINDER.split("  ") == ()


def test_every_name_in_the_registry_leads_to_its_country_or_to_none():
    from tests.builders.registry_files import all_countries

    wrong = [
        (country.alpha2, name, FINDER.find(name))
        for country in all_countries()
        for name in (country.name_ja, country.name_en)
        if FINDER.find(name) not in (country.alpha2, None)
    ]
    assert wrong == []
