"""A trained network, made to read names: of what it says, answers are made elsewhere."""
