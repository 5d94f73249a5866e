"""How a drawing is taken apart into the rows of a table: who, what follows what, and what a table has no word for."""
