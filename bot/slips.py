"""What is a slip of a command, and what is more likely to be meant for another bot."""

from __future__ import annotations

LONG = 6  # letters

# English words that are a slip away from one of our commands.
_COMMON = """
lag land long hell lung lane lank lan langs bang fang gang hang pang rang sang tang slang clang
angel undue undone held helm helps heap yelp kelp whelp hello heal heel helper mode modal models
yodel motel guest guests guesses goes origins original retail retain retrains entertain detrain
restrain corrects corrected correctly collect connect connects incorrect direct private
privately piracy primacy rollbacks rolled languages languid luggage angle lying linguist quite
quiet suit quilt unit mice language
"""
COMMON = frozenset(_COMMON.split())


def is_slip(word: str, name: str) -> bool:
    """Whether `word` is one edit from a command's name (two, if that is long), and no common word:
    a letter too many, too few, another, or two that changed places (Damerau-Levenshtein,
    restricted)."""
    if word in COMMON:
        return False
    most = 2 if len(name) > LONG else 1
    if abs(len(word) - len(name)) > most or len(word) < len(name) - 1:
        return False
    before: list[int] = []
    row = list(range(len(name) + 1))
    for i, letter in enumerate(word, start=1):
        before, last, row = row, before, [i]
        for j, other in enumerate(name, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and (letter, word[i - 2]) == (name[j - 2], other):
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return 0 < row[-1] <= most
