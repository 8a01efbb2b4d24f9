"""A trainer that keeps to the form of `python -m model.train` and learns nothing, in a tenth of
a second and without torch: for tests of who runs it. What it hands over is the checkpoint it
began with, with another temperature, so that answers show that it serves.

    python -m tests.support.stand_in [--behave HOW] [--seconds S] <options of model.train>

HOW: learn, refuse, hang, hang-deaf (to the end of its input, too), die, lie (about the digest),
damage, babble, error, no-memory, no-room (for libraries), no-space, killed, grow (says that there
is a new language), leave-out (what comes last of the corrections)."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

from model.training import protocol
from model.training.protocol import Failure, Result, Step

SHIPPED = Path(__file__).parent.parent.parent / "model" / "pretrained" / "checkpoint.safetensors"
BLANK = "0" * 64
STEPS = 10


def command(behave: str = "learn", seconds: float = 0.05) -> tuple[str, ...]:
    """What to run in the trainer's place."""
    module = ("-m", "tests.support.stand_in")
    return (sys.executable, *module, "--behave", behave, "--seconds", str(seconds))


def main() -> None:
    chosen = _parser().parse_args()
    if chosen.watch_stdin and chosen.behave != "hang-deaf":
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    lines = chosen.corrections.read_text(encoding="utf-8").splitlines()
    corrections = [json.loads(line) for line in lines]
    left_out = corrections[-1:] if chosen.behave == "leave-out" else []
    taught = [line["name"] for line in corrections if line not in left_out]
    for done in range(1, STEPS + 1):
        left = chosen.seconds * (STEPS - done) / STEPS
        say(Step("training", done, STEPS, loss=1 / done, seconds_left=left))
        time.sleep(chosen.seconds / STEPS)
        if done == STEPS // 2:
            _misbehave(chosen.behave)
    path = chosen.out / "checkpoint.safetensors"
    blob = _other((chosen.init_from or SHIPPED).read_bytes())
    path.write_bytes(blob[:-1] if chosen.behave == "damage" else blob)
    is_refused = chosen.behave == "refuse"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    result = Result(
        checkpoint=path,
        sha256=BLANK if chosen.behave == "lie" else digest,
        taught=len(taught),
        learnt=len(taught),
        not_learnt=tuple(taught[:1] if is_refused else ()),
        is_passed=not is_refused,
        reasons=("Accuracy would fall by 3.0 points.",) * is_refused,
        accuracy=(0.849, 0.819 if is_refused else 0.848),
        macro_recall=(0.645, 0.644),
        recall={"Greek": (0.9, 0.89), "Portuguese": (0.5, 0.6)},
        new_languages=("Turkish",) * (chosen.behave == "grow"),
        held_out=2687,
        seconds=chosen.seconds,
        left_out=tuple((line["name"], line["language"]) for line in left_out),
    )
    say(result)


def say(event: protocol.Event) -> None:
    print(protocol.line(event), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--behave", default="learn")
    parser.add_argument("--seconds", type=float, default=0.05)
    start = parser.add_mutually_exclusive_group(required=True)
    start.add_argument("--init-from", type=Path)
    start.add_argument("--full", action="store_true")
    parser.add_argument("--against", type=Path)
    parser.add_argument("--corrections", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--progress", choices=["json"], required=True)
    parser.add_argument("--watch-stdin", action="store_true", required=True)
    parser.add_argument("--min-names-for-language", type=int)
    return parser


def _end_with_stdin() -> None:
    sys.stdin.read()
    os._exit(0)


def _misbehave(how: str) -> None:
    if how in {"hang", "hang-deaf"}:
        time.sleep(3600)
    if how == "die":
        raise RuntimeError("secret detail")
    if how == "no-memory":
        raise MemoryError
    if how == "no-space":
        say(Failure(f"[Errno 28] {os.strerror(28)}"))
        sys.exit(1)
    if how == "no-room":
        sys.exit("ImportError: libtorch_cpu.so: failed to map segment from shared object")
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "error":
        say(Failure("The tutorial's names cannot be had."))
        sys.exit(1)
    if how == "babble":
        print('a stray line\n[1]\n{}\n{"event": "progress", "stage": "training"}', flush=True)
        time.sleep(1)


def _other(blob: bytes) -> bytes:
    """The same checkpoint at other temperatures, and its digest."""
    length = int.from_bytes(blob[:8], "little")
    outer = json.loads(blob[8 : 8 + length])
    header = json.loads(outer["__metadata__"]["whence"])
    header["temperature"] = 1 if header["temperature"] == 1.5 else 1.5
    header["served_temperature"] = header.get("served_temperature", 1) * 1.5
    header["sha256"] = BLANK
    outer["__metadata__"]["whence"] = json.dumps(header, sort_keys=True)
    text = json.dumps(outer).encode()
    text += b" " * (-len(text) % 8)
    blank = len(text).to_bytes(8, "little") + text + blob[8 + length :]
    digest = hashlib.sha256(blank).hexdigest()
    return blank.replace(BLANK.encode(), digest.encode(), 1)


if __name__ == "__main__":
    main()
