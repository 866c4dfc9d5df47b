"""The pages that officers use."""
