"""`python -m bot --doctor`: what is looked at, here and at Discord, and what is said of it."""
