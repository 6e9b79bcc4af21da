"""What must not leave: anything from which somebody could work out where she is."""
