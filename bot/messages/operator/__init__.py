"""What is said to whoever runs Whence, before there is a bot that could say anything."""
