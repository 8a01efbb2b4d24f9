"""How far an answer can be trusted: whether that is a name at all, and what is said if not."""
