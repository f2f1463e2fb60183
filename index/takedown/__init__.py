"""Taking articles down: which, how they are told again, and how no byte of them stays."""
