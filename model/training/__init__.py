"""From names to a checkpoint."""
