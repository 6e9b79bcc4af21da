"""What custody suites and courts tell of by themselves, as news for the victim: arrests, releases, and bail (VIC-05, BRC-08)."""
