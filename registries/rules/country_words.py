"""How authors write countries in addresses, where the registry's own names do not say it."""

from collections.abc import Mapping
from types import MappingProxyType

# (spelling, alpha-2). Compared without case and without full stops: "U.K." is found by "UK".
SPELLINGS: tuple[tuple[str, str], ...] = (
    ("USA", "US"), ("US", "US"), ("United States", "US"), ("United States of America", "US"),
    ("The United States", "US"), ("America", "US"), ("Washington DC", "US"), ("米国", "US"),
    ("UK", "GB"), ("United Kingdom", "GB"), ("England", "GB"), ("Scotland", "GB"), ("Wales", "GB"),
    ("Northern Ireland", "GB"), ("Great Britain", "GB"), ("英国", "GB"),
    ("Republic of Ireland", "IE"), ("Eire", "IE"),
    ("Japan", "JP"), ("日本", "JP"), ("日本国", "JP"),
    ("Korea", "KR"), ("South Korea", "KR"), ("S Korea", "KR"), ("Republic of Korea", "KR"), ("R of Korea", "KR"),
    ("ROK", "KR"), ("Korea South", "KR"), ("Korea Republic of", "KR"), ("大韓民国", "KR"),
    ("North Korea", "KP"), ("Democratic People's Republic of Korea", "KP"), ("DPR Korea", "KP"),
    ("China", "CN"), ("PR China", "CN"), ("PRC", "CN"), ("People's Republic of China", "CN"),
    ("P R of China", "CN"), ("Mainland China", "CN"), ("中国", "CN"), ("中華人民共和国", "CN"),
    ("Taiwan", "TW"), ("Republic of China", "TW"), ("ROC", "TW"), ("Taiwan ROC", "TW"),
    ("Taiwan Republic of China", "TW"), ("台湾", "TW"),
    ("Hong Kong", "HK"), ("Hong Kong SAR", "HK"), ("Hong Kong China", "HK"), ("香港", "HK"),
    ("Macau", "MO"), ("Macao", "MO"), ("Macau SAR", "MO"), ("Macao SAR", "MO"),
    ("Holland", "NL"), ("Netherlands", "NL"), ("Nederland", "NL"),
    ("Deutschland", "DE"), ("Federal Republic of Germany", "DE"), ("FR Germany", "DE"),
    ("France", "FR"), ("España", "ES"), ("Italia", "IT"), ("Österreich", "AT"),
    ("Schweiz", "CH"), ("Suisse", "CH"), ("Svizzera", "CH"), ("Belgique", "BE"), ("België", "BE"),
    ("Sverige", "SE"), ("Norge", "NO"), ("Danmark", "DK"), ("Suomi", "FI"), ("Polska", "PL"),
    ("Brasil", "BR"), ("México", "MX"), ("Perú", "PE"), ("Panamá", "PA"),
    ("Czech Republic", "CZ"), ("Czechia", "CZ"), ("Slovak Republic", "SK"),
    ("Russia", "RU"), ("Russian Federation", "RU"), ("Turkey", "TR"), ("Turkiye", "TR"), ("Türkiye", "TR"),
    ("Viet Nam", "VN"), ("Vietnam", "VN"), ("Iran", "IR"), ("Islamic Republic of Iran", "IR"), ("IR Iran", "IR"),
    ("Iran Islamic Republic of", "IR"), ("Syria", "SY"), ("UAE", "AE"), ("United Arab Emirates", "AE"),
    ("KSA", "SA"), ("Kingdom of Saudi Arabia", "SA"), ("Republic of Singapore", "SG"), ("Burma", "MM"),
    ("Myanmar", "MM"), ("Ivory Coast", "CI"), ("Palestine", "PS"), ("Republic of South Africa", "ZA"),
    ("DR Congo", "CD"), ("Democratic Republic of the Congo", "CD"), ("DRC", "CD"),
    ("Republic of the Congo", "CG"), ("Macedonia", "MK"), ("North Macedonia", "MK"), ("Moldova", "MD"),
    ("Bosnia and Herzegovina", "BA"), ("Trinidad and Tobago", "TT"),
    ("New South Wales", "AU"), ("Queensland", "AU"), ("South Australia", "AU"), ("Western Australia", "AU"),
    ("Tasmania", "AU"), ("Ontario", "CA"), ("Quebec", "CA"), ("Québec", "CA"), ("British Columbia", "CA"),
    ("Alberta", "CA"), ("Manitoba", "CA"), ("Saskatchewan", "CA"), ("Nova Scotia", "CA"),
)  # fmt: skip

# Names of two countries, or of a country and a state: told apart by a city in the same address, or not at all.
AMBIGUOUS: Mapping[str, Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "georgia": {
            "GE": frozenset({"tbilisi", "batumi", "kutaisi"}),
            "US": frozenset({"atlanta", "athens", "augusta", "savannah", "macon", "decatur"}),
        },
        "congo": {
            "CD": frozenset({"kinshasa", "lubumbashi", "kisangani"}),
            "CG": frozenset({"brazzaville", "pointe-noire"}),
        },
    }
)
