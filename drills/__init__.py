"""Slow programmes that measure or try something; one command each, none of them part of `./test`."""
