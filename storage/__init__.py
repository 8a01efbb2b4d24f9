"""What Whence remembers: SQLAlchemy on SQLite or PostgreSQL."""
