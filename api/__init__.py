"""The contract for machines: /api/v1."""
