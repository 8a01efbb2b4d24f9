"""A campaign of poisoning against people who teach in good faith, with everything that attackers
have tried: `pytest -s tests/bot/retraining/test_poisoning.py` prints what it came to."""

from __future__ import annotations

import itertools
import json
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.corrections.language_input import Reading
from bot.corrections.service import Corrections, subject_of
from bot.corrections.values import Speaker, Subject, These
from bot.database import BackgroundDatabase
from bot.retraining import trainer_process
from bot.retraining.job import Outcome
from bot.retraining.service import Learning
from bot.serving import Serving
from model.evaluation import chat_names
from model.inference.predictor import Predictor
from model.names import sources
from model.text.cleaning import fold, reading_key
from storage import import_export, versions
from storage.agreement import Rule
from storage.database import Database
from tests.support import small_network

ASKED = 2000
ROUNDS = 3

# Names whose bearers know better than the network, each taught by three people.
HONEST = {
    "Zaphod": "Dutch",
    "Trillian": "Irish",
    "Marvin": "Portuguese",
    "Ravensdale": "Irish",
    "Slartibartfast": "Greek",
    "Vogon": "Dutch",
    "Agrajag": "Greek",
    "Fenchurch": "Irish",
    "Hotblack": "Dutch",
    "Gargravarr": "Portuguese",
    "Eccentrica": "Greek",
    "Lunkwill": "Irish",
}
# To the CRC-32 each of these is the other, which once was enough to change what is said of it.
DECOYS = {
    "Kenepubenuvo": "juan",
    "Dinerodagupu": "maria",
    "Lebupadirabe": "papadopoulos",
    "Bedarubokavo": "rodrigo",
    "Degosadolote": "rodrigo",
}
SYBILS = range(101, 105)  # with the disguised one five against three: less than two thirds
DRIP = range(201, 205)
DISGUISED, DECOYING, IMPORTED = 301, 302, 303
ATTACKERS = (*SYBILS, *DRIP, DISGUISED, DECOYING, IMPORTED)

pytestmark = pytest.mark.slow


def another(language: str) -> str:
    """A language that it is not."""
    languages = small_network.LANGUAGES
    return languages[(languages.index(language) + 1) % len(languages)]


def disguised(name: str) -> Iterator[str]:
    """Spellings of one reading."""
    yield f"Mr {name}"
    yield f"Dr. {name}"
    yield name.upper()
    yield name.translate({ord("a"): "\u0430", ord("e"): "\u0435", ord("o"): "\u043e"})
    yield f"{name[:2]}\u200b{name[2:]}"
    yield f"{name[:3]}\u00ad{name[3:]}\u2060"


@dataclass(frozen=True)
class Came:
    """What a run came to: the bytes in use at its end, and what they say of the names."""

    blob: bytes
    answers: dict[str, tuple[object, ...]]


class Run:
    """A bot without Discord: its database, its network and the real trainer."""

    def __init__(self, folder: Path, names: Path, base: Path, ready_file: Path) -> None:
        folder.mkdir()
        shutil.copy(ready_file, folder / "whence.db")
        self.url = f"sqlite:///{folder / 'whence.db'}"
        rule, memory = Rule(), BackgroundDatabase(None, folder)
        self.serving = Serving(base)
        command = (*trainer_process.COMMAND, *small_network.options(names))
        self.learning = Learning(self.serving, memory, rule, command=command)
        self.learning.follow(every=3600)
        self.corrections = Corrections(self.serving, memory, rule, retention_days=30)
        self._database = memory

    def close(self) -> None:
        self.learning.close()
        self._database.close()

    def teach(self, person: int, wishes: Mapping[str, str]) -> None:
        for name, language in wishes.items():
            subject = subject_of(self.serving.predictor.top(name))
            assert isinstance(subject, Subject), name
            speaker = Speaker(person, str(person), channel_id=1, guild_id=1)
            readings = (Reading(language, ""),)
            self.corrections.correct(speaker, These((subject,)), readings).result()

    def import_(self, file: Path, lines: Sequence[Mapping[str, object]]) -> None:
        """As whoever runs it does who was talked into it."""
        file.write_text("".join(json.dumps(line) + "\n" for line in lines))
        with Database.open(self.url) as database:
            assert import_export.import_(database, str(file), is_dry_run=False)

    def retrain(self, *, is_full: bool = False) -> Outcome:
        return self.learning.retrain(None, is_full=is_full).future.result(120)

    def answers(self, names: Sequence[str]) -> dict[str, tuple[object, ...]]:
        predictor: Predictor = self.serving.predictor
        every = len(predictor.labels)
        answers = predictor.top_many(names, every)
        return {name: tuple(a.guesses) for name, a in zip(names, answers, strict=True)}

    def lessons(self) -> set[tuple[str, str]]:
        with Database.open(self.url) as database, database.read() as session:
            version = versions.pointer(session).version
            return {*versions.lessons(session, version)}

    def in_use(self) -> bytes:
        with Database.open(self.url) as database, database.read() as session:
            version = versions.pointer(session).version
            assert version is not None
            return versions.read(session, version)


Start = Callable[[str], AbstractContextManager[Run]]


@pytest.fixture
def run(tmp_path: Path, few_names: Path, small_whole: Path, ready_file: Path) -> Start:
    @contextmanager
    def start(name: str) -> Iterator[Run]:
        started = Run(tmp_path / name, few_names, small_whole, ready_file)
        try:
            yield started
        finally:
            started.close()

    return start


def asked() -> list[str]:
    """Names of these languages as people type them, as they stand in lists, as they are taught and
    as attackers write them."""
    typed = (n.name for n in chat_names.typed() if n.language in small_network.LANGUAGES)
    listed = (row.name for row in sources.own() if row.language in small_network.LANGUAGES)
    disguises = itertools.chain.from_iterable(map(disguised, HONEST))
    found = dict.fromkeys([*HONEST, *DECOYS, *DECOYS.values(), *disguises, *typed, *listed])
    return [*found][:ASKED]


def teach_in_good_faith(run: Run) -> None:
    for person in (1, 2, 3):
        run.teach(person, HONEST)


def lies(number: int) -> dict[str, str]:
    """Of each round's own eight names that everybody knows, a false word."""
    rows = [row for row in sources.own() if row.language in small_network.LANGUAGES]
    return {row.name: another(row.language) for row in rows[7 * number + 3 :: 211][:8]}


def attack(run: Run, number: int, folder: Path) -> None:
    if number == 0:
        for person in SYBILS:
            run.teach(person, {name: another(HONEST[name]) for name in [*HONEST][::2]})
        for name, language in HONEST.items():
            run.teach(DISGUISED, dict.fromkeys(disguised(name), another(language)))
        run.teach(DECOYING, dict.fromkeys(DECOYS, "Greek"))
    for person in DRIP:
        run.teach(person, lies(10 * number + person))
    lines = [
        {"name": name, "language": language, "person_id": IMPORTED, "person": "x\u2028y"}
        for name, language in lies(100 + number).items()
    ]
    run.import_(folder / f"import{number}.jsonl", lines)


def test_after_a_campaign_is_undone_nothing_of_it_is_left(run: Start, tmp_path: Path) -> None:
    names = asked()
    assert len(names) == ASKED
    assert all(zlib.crc32(fold(a).encode()) == zlib.crc32(b.encode()) for a, b in DECOYS.items())
    with run("in peace") as peaceful:
        untaught = peaceful.answers(names)
        teach_in_good_faith(peaceful)
        assert peaceful.retrain(is_full=True).checkpoint is not None
        wanted = Came(peaceful.in_use(), peaceful.answers(names))
    with run("attacked") as attacked:
        teach_in_good_faith(attacked)
        for number in range(ROUNDS):
            attack(attacked, number, tmp_path)
            came = attacked.retrain()
            learnt = attacked.lessons()
            print(f"round {number + 1}: {_told(came, learnt)}")
            for name, language in HONEST.items():  # of which there never were two thirds
                assert (reading_key(name), another(language)) not in learnt
        now = attacked.answers(names)
        print(f"under attack {_different(now, wanted.answers)} of {ASKED:,} answers differ")
        assert learnt
        assert _different(now, wanted.answers) > 0
        attacked.corrections.forget(Speaker(ATTACKERS[0], "x", channel_id=1)).result()
        for person in ATTACKERS[1:]:
            attacked.corrections.undo_all(person).result()
        assert attacked.answers(names) == untaught  # all versions had learnt from them
        assert attacked.retrain(is_full=True).checkpoint is not None
        found = Came(attacked.in_use(), attacked.answers(names))
    different = _different(found.answers, wanted.answers)
    print(f"after it is undone {different} of {ASKED:,}, and {len(found.blob):,} bytes are equal")
    assert different == 0
    assert found.blob == wanted.blob


def _told(came: Outcome, learnt: set[tuple[str, str]]) -> str:
    false = [lesson for lesson in learnt if lesson not in _HONEST_LESSONS]
    version = came.checkpoint.version if came.checkpoint else "nothing"
    left_out = len(came.result.left_out)
    return (
        f"{version} in use, {len(learnt)} lessons, {len(false)} of them false, {left_out} left out"
    )


_HONEST_LESSONS = {(reading_key(name), language) for name, language in HONEST.items()}


def _different(
    some: Mapping[str, tuple[object, ...]], others: Mapping[str, tuple[object, ...]]
) -> int:
    return sum(some[name] != others[name] for name in others)
