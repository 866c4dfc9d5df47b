"""Indicators of online risk over the wire."""
