"""What a person does that is more than a step: each function is one transaction."""
