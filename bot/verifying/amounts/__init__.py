"""How much a text says there is of something: numbers as news write them, their units, and what bounds them."""
