"""Who is managed: the facts about each person."""
