"""How fast the two networks learn: the tutorial's way and ours, on the same names."""

from __future__ import annotations

from benchmarks import trainings
from benchmarks.split import Split
from benchmarks.tables import Report, Table, Target
from model.tutorial import training

MOST_OF_THE_TIME, POINTS = 1 / 20, 0.30


def run(split: Split, steps: int = training.STEPS) -> Report:
    theirs, ours = trainings.tutorials_way(split, steps), trainings.our_way(split, steps)
    rows = [
        _seconds("training, seconds", theirs.seconds, ours.seconds),
        _seconds("training, CPU seconds", theirs.cpu_seconds, ours.cpu_seconds),
    ]
    rows += [
        _seconds(f"CPU seconds until ours passed {goal}", theirs.cpu_seconds, passing.cpu_seconds)
        for goal, passing in ours.passed.items()
    ]
    with_prior, plain = theirs.result.at_data_prior, theirs.result.at_uniform_prior
    own, own_plain = ours.result.at_data_prior, ours.result.at_uniform_prior
    rows += [
        _share("accuracy, as it answers", plain.accuracy, own.accuracy),
        _share("accuracy, both told the prior", with_prior.accuracy, own.accuracy),
        _share("accuracy, both at a uniform prior", plain.accuracy, own_plain.accuracy),
        _share("macro recall, both at a uniform prior", plain.macro_recall, own_plain.macro_recall),
        _share("top-3, as it answers", plain.top3, own.top3),
        _share("top-3, both told the prior", with_prior.top3, own.top3),
    ]
    hardest = max((p.cpu_seconds for p in ours.passed.values()), default=float("inf"))
    first = next(iter(ours.passed.values()), None)
    needed = first.cpu_seconds / theirs.cpu_seconds if first else float("inf")
    gained = own.accuracy - plain.accuracy
    return Report(
        "learning",
        f"Learning: {len(split.training)} names, one thread",
        Table(("", "tutorial", "ours", "ratio"), tuple(rows)),
        {
            "tutorial": theirs.result.as_json() | {"seconds": theirs.seconds},
            "ours": ours.result.as_json() | {"seconds": ours.seconds},
            "passed_after": {
                goal: {"step": p.step, "seconds": p.seconds, "cpu_seconds": p.cpu_seconds}
                for goal, p in ours.passed.items()
            },
        },
        (
            Target(
                "ours passes the tutorial's final accuracy in 1/20 of its time",
                f"1/{1 / needed:.0f}; all of it in 1/{theirs.cpu_seconds / hardest:.0f}",
                needed <= MOST_OF_THE_TIME,
            ),
            Target(
                "ours ends 30 points above the tutorial's accuracy",
                f"{100 * gained:+.1f} points",
                gained >= POINTS,
            ),
        ),
        (
            "As it stands the tutorial's network answers at a uniform prior. Told the data's prior "
            "and calibrated, as all others are, it does better; both are shown.",
            f"Ours is measured every {trainings.CHECK_EVERY} steps, as it then is, on validation "
            "names; the time that this takes is not counted. Reading the names in is counted.",
        ),
    )


def _seconds(what: str, theirs: float, ours: float) -> tuple[str, ...]:
    return (
        what,
        f"{theirs:.1f}",
        f"{ours:.2f}" if ours < 10 else f"{ours:.1f}",
        f"1/{theirs / ours:.1f}",
    )


def _share(what: str, theirs: float, ours: float) -> tuple[str, ...]:
    return what, f"{theirs:.1%}", f"{ours:.1%}", f"{100 * (ours - theirs):+.1f} points"
