"""Whence on Discord and in the terminal: the only package that knows either."""
