"""All reading for pages: one file for what is on one page, each answer as frozen rows. Nothing here writes."""
