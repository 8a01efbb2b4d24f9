"""Whence on Discord and in the terminal: the only package that knows either."""

VERSION = "0.1.0"  # CHANGELOG.md says what is in it
