import pytest

from review.rules.matching.similarity import Likeness, joined, tokens_of


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Quantum dots of the", ["quantum", "dots"]),
        ("ＱＵＡＮＴＵＭ", ["quantum"]),
        ("量子", ["量子"]),
        ("量子計算の研究", ["量子計算", "量子", "子計", "計算", "研究"]),
        ("スピン制御", ["スピン", "スピ", "ピン", "制御"]),
        ("", []),
        ("2027 12", []),
    ],
)
def test_tokens_are_words_runs_and_pairs(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


def test_reviewer_of_the_subject_is_nearest_in_both_languages() -> None:
    likeness = Likeness(
        ["超伝導量子ビットの誤り訂正", "Marine ecosystems under warming"],
        ["量子計算 誤り訂正", "marine biology; ecosystems", "medieval history"],
    )
    assert likeness.grid.argmax(axis=1).tolist() == [0, 1]
    assert likeness.grid[:, 2].tolist() == [0, 0]
    assert 0 < likeness.grid.max() <= 1


def test_shared_terms_are_those_of_both_without_their_pieces() -> None:
    likeness = Likeness(["量子計算の理論 quantum theory"], ["量子計算 quantum optics"])
    assert likeness.shared(0, 0) == ["quantum", "量子計算"]


def test_texts_without_a_term_are_like_nothing() -> None:
    likeness = Likeness(["", "12"], ["", "…"])
    assert likeness.grid.tolist() == [[0, 0], [0, 0]]
    assert likeness.shared(0, 0) == []


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (["伝導", "qubits", "超伝"], ["超伝導", "qubits"]),
        (["量子", "計算"], ["量子", "計算"]),
        (["量子", "子計", "計算"], ["量子計算"]),
        (["々々"], ["々々"]),
        ([], []),
    ],
)
def test_pairs_of_letters_are_read_as_words(words: list[str], read: list[str]) -> None:
    assert joined(words) == read
