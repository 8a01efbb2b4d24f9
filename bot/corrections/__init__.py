"""Votes on their way to the database."""
