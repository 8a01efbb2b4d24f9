"""The character RNN: from names to a checkpoint, and from a checkpoint to an answer."""
