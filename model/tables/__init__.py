"""Whole tables of names: a row in, the same row with its answer out, however many there are."""
