"""From the lease to the promotion of what was learnt."""
