"""Names in another script come with the Latin spellings in which one meets them."""

from __future__ import annotations

import pytest

from model.names import sources
from model.names.romanisation import spellings
from model.text.writing_systems import scripts


@pytest.mark.parametrize(
    ("name", "language", "latin"),
    [
        ("Достоевский", "Russian", {"Dostoevskiy", "Dostoevsky", "Dostoevski"}),
        ("Алексей", "Russian", {"Aleksey", "Alexey", "Aleksei"}),
        ("Илья", "Russian", {"Ilya", "Ilia"}),
        ("Игорь", "Russian", {"Igor"}),
        ("Пётр", "Russian", {"Petr", "Pyotr"}),
        ("Горбачёв", "Russian", {"Gorbachev", "Gorbachov"}),
        ("Сергій", "Ukrainian", {"Serhii"}),
        ("Євген", "Ukrainian", {"Yevhen"}),
        ("Щербак", "Ukrainian", {"Shcherbak"}),
        ("Христо", "Bulgarian", {"Hristo"}),
        ("Кацаров", "Bulgarian", {"Katsarov"}),
        ("Ѓорѓи", "Macedonian", {"Gjorgji"}),
        ("გიორგი", "Georgian", {"Giorgi"}),
        ("Արամ", "Armenian", {"Aram"}),
        ("Παπαδόπουλος", "Greek", {"Papadopoulos"}),
        ("Γιώργος", "Greek", {"Giorgos", "Yorgos"}),
        ("Μπάμπης", "Greek", {"Babis"}),
        ("Λευτέρης", "Greek", {"Lefteris"}),
        ("Φώτης", "Greek", {"Fotis", "Photis"}),
        ("Ευάγγελος", "Greek", {"Evangelos"}),
        ("박", "Korean", {"Park"}),
        ("김민준", "Korean", {"Gimminjun", "Kim-min-joon"}),
        ("たなか", "Japanese", {"Tanaka"}),
        ("しょうた", "Japanese", {"Shouta", "Shota"}),
        ("キョウコ", "Japanese", {"Kyouko", "Kyoko"}),
        ("いのうえ", "Japanese", {"Inoue"}),
        ("小明", "Chinese", {"Xiaoming"}),
    ],
)
def test_a_native_name_is_met_in_its_usual_latin_spellings(
    name: str, language: str, latin: set[str]
) -> None:
    found = spellings(name, language)
    assert found[0] == name
    assert latin <= set(found[1:])


@pytest.mark.parametrize(
    ("name", "language"),
    [("José", "Spanish"), ("田中", "Japanese"), ("محمد", "Arabic"), ("Nguyễn", "Vietnamese")],
)
def test_latin_names_and_scripts_without_sound_stay_alone(name: str, language: str) -> None:
    assert spellings(name, language) == (name,)


def test_no_spelling_of_our_own_names_is_empty_doubled_or_half_transliterated() -> None:
    for row in sources.own():
        first, *latin = spellings(row.name, row.language)
        assert first == row.name
        assert len({first, *latin}) == 1 + len(latin)
        for spelling in latin:
            assert scripts.main_script(spelling) == scripts.LATIN
            assert spelling.isascii()
            assert spelling[0].isupper()
