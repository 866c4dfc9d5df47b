"""The only code that drives viewflow's activations (docs/decisions/0003)."""
