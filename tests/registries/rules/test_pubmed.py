from datetime import date

from registries.enums import DatePrecision, PublicationKind
from registries.rules.pubmed import parse_pubmed
from registries.rules.works import Issued, Work
from tests.builders.registry_files import codes, errors, extract

DATA = extract("publications/pubmed.xml")
RESULT = parse_pubmed(DATA, file_name="pubmed.xml")


def work(pmid: str) -> Work:
    return next(work for work in RESULT.records if work.source_id == pmid)


def article(inner: str = "", pmid: str = "123", after: str = "") -> str:
    citation = f"<MedlineCitation><PMID>{pmid}</PMID><Article>{inner}</Article></MedlineCitation>"
    return f"<PubmedArticle>{citation}<PubmedData>{after}</PubmedData></PubmedArticle>"


def parse(*articles: str) -> list[Work]:
    data = f"<PubmedArticleSet>{''.join(articles)}</PubmedArticleSet>".encode()
    return list(parse_pubmed(data, file_name="x").records)


def test_extract_is_read_whole():
    assert (RESULT.read, len(RESULT.records), errors(RESULT)) == (DATA.count(b"<PubmedArticle>"), 43, [])


def test_every_author_and_affiliation_is_read():
    authors = [author for record in RESULT.records for author in record.authors]
    assert len(authors) == DATA.count(b"<Author ")
    assert sum(len(author.affiliations) for author in authors) == DATA.count(b"<Affiliation>")
    assert sum(bool(author.group_name) for author in authors) == DATA.count(b"<CollectiveName>")


def test_longest_author_list_has_88():
    assert max(len(record.authors) for record in RESULT.records) == 88


def test_author_may_have_several_affiliations():
    assert max(len(author.affiliations) for record in RESULT.records for author in record.authors) > 3


def test_retracted_works_are_marked():
    retracted = [record.source_id for record in RESULT.records if record.retracted]
    assert retracted == ["27602157", "31031480", "32743968", "33104149"]
    assert work("27602157").links[0].relation == "RetractionIn"
    assert work("27602157").links[0].source_id == "34093767"


def test_errata_are_notices_and_name_what_they_correct():
    notices = [record for record in RESULT.records if record.kind is PublicationKind.NOTICE]
    assert len(notices) == DATA.count(b">Published Erratum<")
    assert {link.relation for notice in notices for link in notice.links} == {"ErratumFor", "ErratumIn"}


def test_work_with_an_erratum_stays_a_paper():
    record = work("33409683")
    assert (record.kind, record.retracted, record.links[0].relation) == (
        PublicationKind.ARTICLE,
        False,
        "ErratumIn",
    )


def test_doi_is_normalised():
    assert work("32687801").doi == "10.1016/s2213-2600(20)30179-x"


def test_work_without_doi_has_its_pmid():
    assert (work("33520397").doi, work("33520397").source_id) == ("", "33520397")


def test_earlier_of_print_and_online_is_the_date():
    assert work("27602157").issued == Issued(date(2016, 7, 22), DatePrecision.DAY)


def test_date_in_words_gives_its_first_month():
    (record,) = parse(
        article(
            "<Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue></Journal>"
        )
    )
    assert record.issued == Issued(date(1998, 12, 1), DatePrecision.MONTH)


def test_season_gives_the_year_alone():
    (record,) = parse(
        article(
            "<Journal><JournalIssue><PubDate><MedlineDate>2000 Spring</MedlineDate></PubDate></JournalIssue></Journal>"
        )
    )
    assert record.issued == Issued(date(2000, 1, 1), DatePrecision.YEAR)


def test_impossible_day_gives_the_month():
    (record,) = parse(article("<ArticleDate><Year>2021</Year><Month>02</Month><Day>30</Day></ArticleDate>"))
    assert record.issued == Issued(date(2021, 2, 1), DatePrecision.MONTH)


def test_article_ids_of_references_are_not_the_article_s_own():
    reference = "<ReferenceList><Reference><ArticleIdList><ArticleId IdType='doi'>10.1234/other</ArticleId></ArticleIdList></Reference></ReferenceList>"
    (record,) = parse(article(after=reference))
    assert record.doi == ""


def test_mark_up_in_a_title_is_read_through():
    (record,) = parse(article("<ArticleTitle>H<sub>2</sub>O in <i>E. coli</i>.</ArticleTitle>"))
    assert record.title == "H2O in E. coli."


def test_translated_title_loses_its_brackets_and_the_original_is_kept():
    (record,) = parse(
        article(
            "<ArticleTitle>[A case of fever].</ArticleTitle><VernacularTitle>発熱の一例</VernacularTitle>"
        )
    )
    assert (record.title, record.original_title) == ("A case of fever", "発熱の一例")


def test_corrected_author_is_read_once():
    names = "<Author ValidYN='N'><LastName>Sto</LastName></Author><Author ValidYN='Y'><LastName>Sato</LastName></Author>"
    (record,) = parse(article(f"<AuthorList>{names}</AuthorList>"))
    assert [author.family_name for author in record.authors] == ["Sato"]


def test_type_in_capitals_is_the_same_type():
    (record,) = parse(
        article(
            "<PublicationTypeList><PublicationType>JOURNAL ARTICLE</PublicationType></PublicationTypeList>"
        )
    )
    assert record.kind is PublicationKind.ARTICLE


def test_record_without_pmid_is_refused_and_the_next_is_read():
    data = f"<PubmedArticleSet>{article(pmid='')}{article()}{article()}</PubmedArticleSet>".encode()
    result = parse_pubmed(data, file_name="x")
    assert errors(result) == [("pmid_invalid", 1, None), ("record_twice", 3, None)]
    assert [record.source_id for record in result.records] == ["123"]


def test_books_are_told_and_not_read():
    data = (
        f"<PubmedArticleSet>{article()}<PubmedBookArticle/><PubmedBookArticle/></PubmedArticleSet>".encode()
    )
    result = parse_pubmed(data, file_name="x")
    assert ("books_not_read", {"count": 2}) in [(p.code, p.params) for p in result.problems]


def test_doctype_as_pubmed_writes_it_is_accepted():
    doctype = (
        b'<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.nlm.nih.gov/x.dtd">'
    )
    result = parse_pubmed(
        doctype + f"<PubmedArticleSet>{article()}</PubmedArticleSet>".encode(), file_name="x"
    )
    assert (len(result.records), errors(result)) == (1, [])


def test_truncated_file_names_the_line():
    cut = DATA[:20_000]
    assert errors(parse_pubmed(cut, file_name="cut.xml")) == [("xml_invalid", None, cut.count(b"\n") + 1)]


def test_other_xml_is_refused():
    assert codes(parse_pubmed(b"<rootTag/>", file_name="x")) == ["format_unknown"]
