"""What is counted and how it is told: definitions, statistics, and what of them may be shown (MSR-01 to MSR-08)."""
