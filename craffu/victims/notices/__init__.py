"""What she is told of her case and by when: the Victims' Code's limits, and the news that her safety hangs on."""
