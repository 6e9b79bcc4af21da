"""What was done to keep her safe, and whether she was told of it."""
