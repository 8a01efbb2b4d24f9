"""Figures: how right, how sure, by which names."""
