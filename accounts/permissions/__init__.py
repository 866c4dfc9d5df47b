"""The lines of the permission table by subject. `accounts.policy` unites them."""
