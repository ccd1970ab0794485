import json
from datetime import date

from registries.enums import DatePrecision, PublicationKind
from registries.rules.crossref import parse_crossref
from registries.rules.works import Issued, Work
from tests.builders.registry_files import codes, errors, extract

RESULT = parse_crossref(extract("publications/crossref_works.json"), file_name="works.json")
ITEMS = json.loads(extract("publications/crossref_works.json"))["message"]["items"]


def work(doi: str) -> Work:
    return next(work for work in RESULT.records if work.doi == doi)


def one(**changes: object) -> bytes:
    return json.dumps([{"DOI": "10.1234/abc", "title": ["A"], "type": "journal-article"} | changes]).encode()


def test_extract_is_read_whole():
    assert (RESULT.read, len(RESULT.records), errors(RESULT)) == (len(ITEMS), 38, [])


def test_works_without_authors_titles_or_dates_are_taken_and_told():
    found = codes(RESULT)
    assert found.count("work_without_authors") == sum(not item.get("author") for item in ITEMS)
    assert found.count("work_without_title") == sum(not "".join(item.get("title") or []) for item in ITEMS)
    assert found.count("work_without_date") == sum(item["issued"]["date-parts"] == [[None]] for item in ITEMS)


def test_dates_keep_their_precision():
    assert work("10.1103/physrevb.98.104436").issued == Issued(date(2018, 9, 28), DatePrecision.DAY)
    assert work("10.1111/ijal.12281").issued == Issued(date(2019, 11, 1), DatePrecision.MONTH)
    assert work("10.3775/jie.6.509a").issued == Issued(date(1927, 1, 1), DatePrecision.YEAR)
    assert work("10.29085/9781783301522.005").issued is None


def test_group_author_has_a_group_name():
    groups = [
        author.group_name for author in work("10.1103/physrevlett.126.162501").authors if author.group_name
    ]
    assert groups == ["OLYMPUS Collaboration"]


def test_long_author_list_is_complete():
    assert len(work("10.1103/physrevlett.126.162501").authors) == 71


def test_affiliations_stay_with_their_author():
    authors = work("10.1155/2018/6709424").authors
    assert [len(author.affiliations) for author in authors] == [
        len(a["affiliation"])
        for item in ITEMS
        if item["DOI"] == "10.1155/2018/6709424"
        for a in item["author"]
    ]


def test_formatting_is_taken_out_of_titles():
    assert work("10.1021/acs.biochem.6b01273").title == (
        "Identification of a Ligand-Binding Site on the Staphylococcus aureus DnaG Primase C-Terminal Domain"
    )
    assert not any("mml:" in record.title or "<i>" in record.title for record in RESULT.records)


def test_twice_escaped_formatting_is_taken_out():
    title = "Review for &quot;&amp;lt;scp&amp;gt;NARX&amp;lt;/scp&amp;gt;&quot;"
    assert parse_crossref(one(title=[title]), file_name="x").records[0].title == 'Review for "NARX"'


def test_tag_that_is_no_formatting_stays_text():
    title = "<script>alert(1)</script> in the wild"
    assert parse_crossref(one(title=[title]), file_name="x").records[0].title == title


def test_orcid_is_normalised_and_a_wrong_one_is_left_out_and_told():
    authors = [
        {"family": "A", "ORCID": "http://orcid.org/0000-0002-1825-0097"},
        {"family": "B", "ORCID": "0000-0002-1825-0098"},
    ]
    result = parse_crossref(one(author=authors, issued={"date-parts": [[2020]]}), file_name="x")
    assert [author.orcid for author in result.records[0].authors] == ["0000-0002-1825-0097", ""]
    assert [(p.code, p.params) for p in result.problems] == [
        ("orcid_invalid", {"orcid": "0000-0002-1825-0098"})
    ]


def test_correction_of_another_work_is_a_notice():
    notice = work("10.1111/ijal.12281")
    assert (notice.kind, notice.links[0].doi) == (PublicationKind.NOTICE, "10.1111/ijal.12157")


def test_correction_deposited_on_the_work_itself_leaves_it_a_paper():
    assert work("10.1103/physrevb.98.104436").kind == PublicationKind.ARTICLE


def test_work_retracted_by_another_is_retracted():
    update = {"updated-by": [{"DOI": "10.1234/notice", "type": "retraction", "label": "Retraction"}]}
    record = parse_crossref(one(**update), file_name="x").records[0]
    assert (record.retracted, record.kind) == (True, PublicationKind.ARTICLE)


def test_retraction_notice_is_a_notice_and_not_itself_retracted():
    update = {"update-to": [{"DOI": "10.1234/old", "type": "retraction", "label": "Retraction"}]}
    record = parse_crossref(one(**update), file_name="x").records[0]
    assert (record.retracted, record.kind) == (False, PublicationKind.NOTICE)


def test_title_may_say_that_the_work_is_retracted():
    titles = [
        "RETRACTED: Cells",
        "RETRACTED ARTICLE: Cells",
        "[Retracted] Cells",
        "Retracted papers in Japan: a survey",
    ]
    records = [parse_crossref(one(title=[title]), file_name="x").records[0] for title in titles]
    assert [record.retracted for record in records] == [True, True, True, False]


def test_dois_that_differ_in_case_are_one_work():
    items = [{"DOI": "10.1234/ABC"}, {"DOI": "https://doi.org/10.1234/abc"}]
    result = parse_crossref(json.dumps(items).encode(), file_name="x")
    assert ([w.doi for w in result.records], errors(result)) == (["10.1234/abc"], [("record_twice", 2, None)])


def test_record_without_doi_is_refused():
    data = json.dumps([{"title": ["A"]}, {"DOI": "nonsense"}]).encode()
    assert errors(parse_crossref(data, file_name="x")) == [
        ("field_missing", 1, None),
        ("doi_invalid", 2, None),
    ]


def test_single_work_message_is_read():
    data = json.dumps({"status": "ok", "message-type": "work", "message": {"DOI": "10.1234/abc"}}).encode()
    assert [record.doi for record in parse_crossref(data, file_name="x").records] == ["10.1234/abc"]


def test_truncated_file_names_the_line():
    data = extract("publications/crossref_works.json")[:9000]
    result = parse_crossref(data, file_name="cut.json")
    assert errors(result) == [("json_invalid", None, data.count(b"\n") + 1)]


def test_wrong_types_refuse_only_their_record():
    items = [
        {"DOI": "10.1234/a", "author": "Me"},
        {"DOI": "10.1234/b", "title": "A"},
        {"DOI": 5},
        [],
        {"DOI": "10.1234/c"},
    ]
    result = parse_crossref(json.dumps(items).encode(), file_name="x")
    assert errors(result) == [("field_wrong_type", n, None) for n in (1, 2, 3, 4)]
    assert [record.doi for record in result.records] == ["10.1234/c"]


def test_impossible_dates_are_no_dates():
    for parts in ([[2020, 13]], [[2020, 2, 30]], [[]], [], [[True]], ["2020"], [[99999]]):
        assert parse_crossref(one(issued={"date-parts": parts}), file_name="x").records[0].issued is None
