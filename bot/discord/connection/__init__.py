"""The way to Discord: what a token is, and what keeps the bot online."""
