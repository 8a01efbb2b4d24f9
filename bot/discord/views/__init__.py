"""Buttons, menus and pages under a message: what is clicked."""
