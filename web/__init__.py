"""Shows cases and procedures to people and to other systems. It runs nothing itself: the engine does."""
