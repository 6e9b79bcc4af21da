"""What orders tell of by themselves, as news for those whom they protect: made, served, relaxed, ended (VIC-05, VIC-06)."""
