"""The lists and values that need more than one queryset method."""
