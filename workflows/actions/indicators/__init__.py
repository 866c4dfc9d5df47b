"""Receiving indicators of online risk, and saying whom they are about.

A machine only adds: what is received waits for an officer, scores for nobody before somebody
confirms whom it is about, and lowers, closes or hides nothing.
"""
