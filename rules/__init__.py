"""Dated rules, working days and date arithmetic. Knows no person."""
