"""What other systems' records tell of risk by themselves: arrests, releases, and bail that changed or ended (RSK-01)."""
