"""What developers and CI use; the product does without it."""
