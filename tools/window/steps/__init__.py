"""What the person does, in the order of a first day with the plugin."""
