"""Both sides of every claim, measured in one run: `python -m benchmarks [accuracy|speed|bot]`."""
