"""How a message reaches Discord: once, in a bounded time, and with its outcome told."""
