from datetime import date
from decimal import Decimal

from registries.enums import RatePeriod
from registries.rules.exchange_files import parse_ecb, parse_fred
from registries.rules.rates import Rate
from tests.builders.registry_files import errors, extract

ECB = extract("rates/ecb_eurofxref.csv")
FRED = extract("rates/fred_yearly.csv")


def test_ecb_values_are_counted_and_na_is_none_of_them():
    result = parse_ecb(ECB, file_name="ecb.csv")
    given = sum(
        cell not in ("", "N/A") for line in ECB.decode().split("\n")[1:] for cell in line.split(",")[1:]
    )
    assert (len(result.records), result.read, errors(result)) == (given, 1859, [])


def test_ecb_rate_is_per_euro_on_its_day():
    result = parse_ecb(ECB, file_name="ecb.csv")
    assert result.records[1] == Rate(
        "JPY", "EUR", Decimal("175.68"), date(2026, 10, 30), RatePeriod.DAY, "ECB"
    )


def test_currency_that_left_for_the_euro_is_told_with_its_days():
    result = parse_ecb(ECB, file_name="ecb.csv")
    told = {p.params["currency"]: p.params["days"] for p in result.problems if p.code == "rate_not_quoted"}
    assert told == dict.fromkeys(
        ["CYP", "EEK", "HRK", "LTL", "LVL", "MTL", "ROL", "RUB", "SIT", "SKK", "TRL"], 64
    ) | {"BGN": 61}


def test_ecb_line_with_a_bad_value_refuses_that_value_alone():
    data = b"Date,USD,JPY\n2026-10-30,1.1x,175.68\n2026-10-29,1.2,-3\n2026-10-28,NaN,175\n"
    result = parse_ecb(data, file_name="x")
    assert errors(result) == [
        ("rate_not_a_number", 1, 2),
        ("rate_not_a_number", 4, 3),
        ("rate_not_a_number", 5, 4),
    ]
    assert [(rate.currency, rate.day.day) for rate in result.records] == [
        ("JPY", 30),
        ("USD", 29),
        ("JPY", 28),
    ]


def test_ecb_file_cut_within_a_line_keeps_the_days_before():
    whole = ECB.split(b"\n")
    result = parse_ecb(b"\n".join(whole[:3]) + b"\n" + whole[3][:80], file_name="cut.csv")
    assert {rate.day.isoformat() for rate in result.records} == {"2026-10-30", "2026-10-29"}
    assert errors(result) == [("cells_wrong_number", 59, 4)]


def test_ecb_day_given_twice_is_refused_the_second_time():
    data = b"Date,USD\n2026-10-30,1.1\n2026-10-30,1.2\n"
    assert errors(parse_ecb(data, file_name="x")) == [("record_twice", 2, 3)]


def test_ecb_day_that_is_none_is_refused():
    data = b"Date,USD\n2026-02-30,1.1\n30/10/2026,1.2\n"
    assert errors(parse_ecb(data, file_name="x")) == [("date_invalid", 1, 2), ("date_invalid", 2, 3)]


def test_file_with_another_header_is_refused():
    assert errors(parse_ecb(FRED, file_name="x")) == [("header_unknown", None, None)]
    assert errors(parse_fred(ECB, file_name="x")) == [("header_unknown", None, None)]


def test_empty_files_are_refused():
    assert errors(parse_ecb(b"", file_name="x")) == [("header_unknown", None, None)]
    assert errors(parse_fred(b"", file_name="x")) == [("header_unknown", None, None)]


def test_fred_reads_all_but_the_redenominated_currency():
    result = parse_fred(FRED, file_name="fred.csv")
    venezuela = FRED.decode().count("Venezuela")
    assert (venezuela, len(result.records), errors(result)) == (31, FRED.count(b"\n") - 1 - 31, [])
    assert [(p.code, p.params) for p in result.problems] == [
        ("rate_redenominated", {"country": "Venezuela", "years": 31})
    ]


def test_fred_rate_is_per_dollar_for_the_year():
    rates = parse_fred(FRED, file_name="fred.csv").records
    yen = next(rate for rate in rates if rate.currency == "JPY" and rate.day.year == 2024)
    assert yen == Rate("JPY", "USD", Decimal("151.4551"), date(2024, 1, 1), RatePeriod.YEAR, "FRED")


def test_fred_country_that_is_not_known_is_refused_with_its_line():
    data = b"Date,Country,Value\n2024-01-01,Atlantis,3\n2024-01-01,Japan,151.4551\n"
    result = parse_fred(data, file_name="x")
    assert (errors(result), len(result.records)) == ([("rate_country_unknown", 1, 2)], 1)
