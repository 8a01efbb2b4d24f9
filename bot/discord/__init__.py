"""The client, and how it speaks in Discord; nothing outside of this wing imports `discord`."""
