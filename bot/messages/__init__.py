"""What is said, as plain text, for Discord and the terminal alike."""
