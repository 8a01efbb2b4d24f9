"""What the teachers say: of every name that is known, and of names that never were."""

from __future__ import annotations

import pytest
import torch

from model.inference.readers.network_reader import Reader
from model.names import ELSEWHERE, TRAIN, TUTORIAL, Row, on_side, packages
from model.text.writing_systems import scripts
from model.training import weighted_examples
from model.training.distillation import Teachers
from model.training.loop import Progress
from model.training.weighted_examples import Examples


@pytest.fixture(scope="module")
def rows(few_rows: list[Row]) -> list[Row]:
    return on_side(few_rows, TRAIN)


@pytest.fixture(scope="module")
def labels(rows: list[Row]) -> list[str]:
    return sorted({row.language for row in rows})


@pytest.fixture(scope="module")
def teachers(rows: list[Row], labels: list[str]) -> Teachers:
    return Teachers(rows, labels, lambda _reader: 1.25)


@pytest.fixture(scope="module")
def lesson(teachers: Teachers) -> Examples:
    return teachers.lesson(0, lambda _stage, _progress: None)


def test_a_lesson_begins_with_every_name_that_is_known(
    lesson: Examples, rows: list[Row], labels: list[str]
) -> None:
    known = weighted_examples.of(rows, labels)
    assert lesson.spellings[: len(known)] == known.spellings
    assert torch.equal(lesson.labels[: len(known)], known.labels)
    assert torch.equal(lesson.sources[: len(known)], known.sources)


def test_invented_names_are_made_of_latin_letters_and_labelled_as_the_teachers_see_them(
    lesson: Examples, rows: list[Row], labels: list[str]
) -> None:
    known = len(weighted_examples.of(rows, labels))
    invented = lesson.spellings[known:]
    assert len(invented) > 100
    assert all(scripts.main_script(name) == scripts.LATIN for name in invented)
    assert all(3 <= len(name) <= 16 for name in invented)
    assert lesson.teacher is not None
    assert torch.equal(lesson.labels[known:], lesson.teacher[known:].argmax(1))


def test_what_is_said_of_each_name_is_finite_and_mostly_right(lesson: Examples) -> None:
    assert lesson.teacher is not None
    assert lesson.teacher.shape == (len(lesson), 19)
    assert lesson.teacher.isfinite().all()
    assert (lesson.teacher.argmax(1) == lesson.labels).double().mean() > 0.5


def test_temperatures_that_are_known_are_not_fitted_again(
    rows: list[Row], labels: list[str], teachers: Teachers, lesson: Examples
) -> None:
    assert set(teachers.temperatures.values()) == {1.25}

    def refuse(_reader: Reader) -> float:
        raise AssertionError("a temperature was fitted once more")

    stages: list[str] = []

    def note(stage: str, _progress: Progress) -> None:
        stages.append(stage)

    again = Teachers(rows, labels, refuse, teachers.temperatures).lesson(0, note)
    assert again.spellings == lesson.spellings
    assert again.teacher is not None
    assert lesson.teacher is not None
    torch.testing.assert_close(again.teacher, lesson.teacher)
    assert set(stages) == {"teacher 1"}


def test_teachers_tell_names_from_elsewhere_which_the_second_has_never_met(
    rows: list[Row],
) -> None:
    few = [row for row in rows if row.language in {"Dutch", "Greek", "Japanese"}]
    told = [Row(row.name, row.language, TUTORIAL) for row in few]
    foreign = [
        Row(row.name, ELSEWHERE, ELSEWHERE, row.kind)
        for row in on_side(packages.in_faker("lv_LV", ELSEWHERE), TRAIN)
    ][:40]
    stages: list[str] = []
    labels = ["Dutch", "Greek", "Japanese"]
    teachers = Teachers([*told, *few, *foreign], labels, lambda _reader: 1.0)
    lesson = teachers.lesson(0, lambda stage, _progress: stages.append(stage))
    assert set(stages) == {"teacher 1", "teacher 2"}
    assert lesson.teacher is not None
    assert lesson.teacher.shape == (len(lesson), 4)
    assert lesson.teacher.isfinite().all()
    known = len(weighted_examples.of([*told, *few, *foreign], labels))
    right = lesson.teacher[:known].argmax(1) == lesson.labels[:known]
    from_elsewhere = lesson.labels[:known] == 3
    assert right[from_elsewhere].double().mean() > 0.7
    assert right[~from_elsewhere].double().mean() > 0.55
