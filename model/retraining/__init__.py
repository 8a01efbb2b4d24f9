"""A network taught corrections in place of a whole training, and the gate that it has to pass."""
