"""Whether the newest month of a measure is more than ordinary variation (MSR-08)."""
