"""What `make run` and `make test` install, and how: the lock files and the two scripts to them."""
