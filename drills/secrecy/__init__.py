"""The two-world test at length: every request of every world made in earnest, and how long replies take."""
