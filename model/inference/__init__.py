"""A checkpoint made ready to answer."""
