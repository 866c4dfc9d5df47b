"""What must be done, by when, by whom."""
