"""Pages about licenses: the list, one license with its years and its plants, and what the office does with it."""
