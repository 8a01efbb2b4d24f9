"""Which writing system letters are of, and which languages their writing tells of."""
