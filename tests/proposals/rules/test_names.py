from proposals.rules.names import same_name

KNOWN = {"family_kanji": "髙﨑", "given_kanji": "花子", "family_romaji": "Takasaki", "given_romaji": "Hanako"}


def test_names_agree_in_one_script_and_contradict_in_none() -> None:
    assert same_name({"family_kanji": "髙﨑", "given_kanji": "花子"}, KNOWN)
    assert same_name({"family_romaji": "ＴＡＫＡＳＡＫＩ", "given_romaji": "hanako "}, KNOWN)
    assert not same_name({"family_kanji": "髙﨑", "given_kanji": "花子", "family_romaji": "Other"}, KNOWN)
    assert not same_name({"family_kanji": "𠮷田"}, KNOWN)
    assert not same_name({}, KNOWN)


def test_one_name_is_enough_for_somebody_who_has_one() -> None:
    assert same_name({"given_romaji": "Wayan"}, {"given_romaji": "Wayan", "family_romaji": ""})
    assert not same_name({"given_romaji": "Wayan"}, {"given_romaji": "Wayan", "family_romaji": "Sample"})
