"""Forces, teams, people who sign in, and who may do what."""
