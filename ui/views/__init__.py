"""The pages: each shows one answer and offers what the actions allow. No rule and no write here."""
