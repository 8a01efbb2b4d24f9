"""From a URL to transactions: engines, the thread that writes, the schema, what drivers say."""
