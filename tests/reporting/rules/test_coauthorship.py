import re
from fractions import Fraction

from registries.enums import PublicationKind
from registries.rules.pubmed import parse_pubmed
from reporting.enums import NotCounted
from reporting.rules.coauthorship import Paper, count_paper, count_papers, fractional_shares
from reporting.rules.papers import count_by_project
from tests.builders.registry_files import country_finder, extract


def paper(*authors: tuple[str | None, ...], key: str = "10.1234/a", **changes: object) -> Paper:
    return Paper(key, 2024, PublicationKind.ARTICLE, authors, **changes)


def real_papers() -> list[Paper]:
    finder = country_finder()
    return [
        Paper(
            key=work.doi or work.source_id,
            year=work.issued.day.year if work.issued else None,
            kind=work.kind,
            authors=tuple(
                tuple(finder.find(part) for text in author.affiliations for part in finder.split(text))
                for author in work.authors
            ),
            retracted=work.retracted,
        )
        for work in parse_pubmed(extract("publications/pubmed.xml"), file_name="pubmed.xml").records
    ]


def test_japan_and_one_other_country_is_international():
    count = count_paper(paper(("JP",), ("US",)))
    assert (count.is_counted, count.is_multilateral, count.countries) == (True, False, ("JP", "US"))


def test_one_author_with_two_affiliations_makes_a_paper_international():
    assert count_paper(paper(("JP", "FR"))).is_counted


def test_three_countries_are_multilateral():
    assert count_paper(paper(("JP",), ("US",), ("GB",))).is_multilateral


def test_two_countries_many_authors_are_not_multilateral():
    assert not count_paper(paper(("JP",), ("US",), ("US",), ("JP",))).is_multilateral


def test_reasons_for_not_counting():
    cases = {
        NotCounted.RETRACTED: paper(("JP",), ("US",), retracted=True),
        NotCounted.BEFORE_PROJECT: paper(("JP",), ("US",), before_project=True),
        NotCounted.NO_COUNTRY_KNOWN: paper((None,), ()),
        NotCounted.NO_HOME_AFFILIATION: paper(("US",), ("GB",)),
        NotCounted.NO_FOREIGN_AFFILIATION: paper(("JP",), ("JP", None)),
    }
    assert {reason: count_paper(case).not_counted for reason, case in cases.items()} == {r: r for r in cases}


def test_notices_and_books_are_no_papers():
    for kind in set(PublicationKind) - {"article", "review", "proceedings"}:
        assert count_paper(Paper("k", 2024, kind, (("JP",), ("US",)))).not_counted == NotCounted.NOT_A_PAPER


def test_paper_older_than_one_of_its_projects_counts_under_the_other_and_once():
    older = paper(("JP",), ("US",), before_project=True)
    for pair in ((older, paper(("JP",), ("US",))), (paper(("JP",), ("US",)), older)):
        assert count_papers(pair).total == 1
    counts = count_by_project([("late", older), ("early", paper(("JP",), ("US",)))])
    assert {key: count.total for key, count in counts.projects.items()} == {"early": 1, "late": 0}
    assert (counts.programme.total, count_papers([older, older]).total) == (1, 0)


def test_unknown_country_beside_two_known_ones_does_not_hide_them():
    count = count_paper(paper(("JP",), (None,), ("US",), ()))
    assert (count.is_counted, count.authors_without_country) == (True, 2)


def test_shares_are_equal_among_authors_then_among_their_countries():
    assert fractional_shares([("JP",), ("JP", "US"), ("US", "US", "FR", "DE")]) == {
        "DE": Fraction(1, 9),
        "FR": Fraction(1, 9),
        "JP": Fraction(1, 2),
        "US": Fraction(1, 6) + Fraction(1, 9),
    }


def test_author_without_country_has_no_share():
    assert fractional_shares([("JP",), (None,), ()]) == {"JP": Fraction(1)}


def test_no_country_no_shares():
    assert fractional_shares([(None,), ()]) == {}


def test_same_doi_under_two_projects_counts_once():
    counts = count_papers(
        [paper(("JP",), ("US",)), paper(("JP",), ("US",)), paper(("JP",), ("GB",), key="b")]
    )
    assert (counts.total, counts.whole) == (2, {"GB": 1, "JP": 2, "US": 1})


def test_retraction_known_from_one_record_holds_for_all_of_that_key():
    counts = count_papers([paper(("JP",), ("US",)), paper(("JP",), ("US",), retracted=True)])
    assert (counts.total, counts.not_counted) == (0, {NotCounted.RETRACTED: 1})


def test_another_home_country_counts_from_its_side():
    papers = [paper(("US",), ("GB",), key="a"), paper(("JP",), ("GB",), key="b")]
    assert count_papers(papers, home="US").total == 1


def test_works_without_a_year_are_counted_apart():
    counts = count_papers([Paper("a", None, PublicationKind.ARTICLE, (("JP",), ("US",)))])
    assert (counts.total, counts.by_year, counts.undated) == (1, {}, 1)


def test_real_records_count_as_a_reader_would_count_them():
    """Independent: a plain search for the word Japan in each record's addresses, and for an address without it."""
    raw = extract("publications/pubmed.xml").decode()
    by_hand = 0
    for record in re.findall(r"<PubmedArticle>.*?</PubmedArticle>", raw, re.DOTALL):
        addresses = [
            part
            for text in re.findall(r"<Affiliation>(.*?)</Affiliation>", record)
            for part in re.sub(r"\S+@\S+|Electronic address:", "", text).split(";")
            if part.strip(" .")
        ]
        excluded = "Published Erratum" in record or "Retracted Publication" in record
        in_japan = [("Japan" in address) for address in addresses]
        by_hand += not excluded and any(in_japan) and not all(in_japan)
    counts = count_papers(real_papers())
    assert (counts.total, by_hand) == (27, 27)


def test_shares_of_real_records_add_up_to_their_number():
    counts = count_papers(real_papers())
    assert sum(counts.fractional.values()) == counts.total
    assert counts.whole["JP"] == counts.total


def test_real_retractions_and_errata_are_shown_and_not_counted():
    counts = count_papers(real_papers())
    assert counts.not_counted == {
        NotCounted.NO_COUNTRY_KNOWN: 1,
        NotCounted.NO_HOME_AFFILIATION: 2,
        NotCounted.NOT_A_PAPER: 9,
        NotCounted.RETRACTED: 4,
    }
    assert len(counts.papers) == 43
