"""What a force's extract says: its format, read and judged row by row."""
