"""What a person's answers about pairs teach: a metric of likeness, and which pairs are worth asking about."""
