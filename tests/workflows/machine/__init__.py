"""A machine that acts as a force for years, against a small model written from PRACTICE alone."""
