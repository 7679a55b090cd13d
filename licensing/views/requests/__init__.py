"""The office's pages of requests about mature plants."""
