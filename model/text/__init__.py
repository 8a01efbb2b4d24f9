"""What a person typed, made into what the network reads."""
