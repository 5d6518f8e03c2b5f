"""What answers the requests, a module for each group: thin over what the command line calls."""
