"""Pictures as pure functions: numbers in, the geometry of an SVG out. No database, no clock, no words of a page."""
