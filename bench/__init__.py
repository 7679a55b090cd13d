"""Slow measurements, one command each."""
