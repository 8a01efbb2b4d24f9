"""What writing tells beside its sounds: Chinese or Japanese, neighbours, transcriptions."""

from __future__ import annotations

import pytest

from model.evaluation.chat_names import typed
from model.text.cleaning import clean
from model.text.writing_systems import han, neighbouring_languages, transcription


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("鲁迅", "Chinese"),
        ("习近平", "Chinese"),
        ("欧阳娜娜", "Chinese"),
        ("石破茂", "Japanese"),
        ("大谷翔平", "Japanese"),
        ("小沢", "Japanese"),
        ("辻", "Japanese"),
    ],
)
def test_han_characters_and_surnames_tell_chinese_from_japanese(name: str, language: str) -> None:
    told = han.told(name)
    other = {"Chinese": "Japanese", "Japanese": "Chinese"}[language]
    assert told.count(language) > told.count(other) + 3


@pytest.mark.parametrize(
    ("name", "languages", "is_settled"),
    [
        ("олена шевченко", ("Ukrainian",), True),
        ("шевченко", ("Ukrainian",), False),
        ("тарас шевченко", ("Ukrainian",), True),
        ("димитър бербатов", ("Bulgarian",), True),
        ("никола груевски", ("Bulgarian", "Macedonian"), True),
        ("драган милошевич", ("Serbo-Croatian",), True),
        ("саакашвили", ("Georgian",), True),
        ("نوری‌زاده", ("Persian",), True),
        ("иванов", (), False),
        ("rodrigo", (), False),
    ],
)
def test_names_of_neighbours_are_told_by_their_shape(
    name: str, languages: tuple[str, ...], is_settled: bool
) -> None:
    assert neighbouring_languages.of(name.split()) == (languages, is_settled)


@pytest.mark.parametrize(
    "name",
    [
        "マイケル・ジャクソン",
        "ロドリゴ・シルバ",
        "スティーブ",
        "迈克尔·杰克逊",
        "特朗普",
        "마이클 잭슨",
        "로드리고",
        "Майкл Джексон",
        "Хуан Карлос",
    ],
)
def test_foreign_names_written_by_their_sound_are_noticed(name: str) -> None:
    assert transcription.is_one(name, clean(name).words)
    assert "foreign name" in (clean(name).doubt or "")


def test_no_name_of_real_use_is_taken_for_a_transcription_or_a_neighbours() -> None:
    native = [row.name for row in typed() if row.script == "native"]
    assert [name for name in native if clean(name).doubt or clean(name).kin] == []


@pytest.mark.parametrize("name", ["サクラ", "ヨーコ", "リョーマ", "남궁민수", "毛泽东", "Иван"])
def test_names_of_the_language_itself_are_no_transcriptions(name: str) -> None:
    assert not transcription.is_one(name, clean(name).words)
