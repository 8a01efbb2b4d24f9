"""The tutorial's network, trained as there: the baseline."""
