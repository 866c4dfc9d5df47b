"""Indicators of online risk: sent, listed, looked at, and said whom they are about."""
