"""The clock that runs: it asks each package what is due at an instant, and carries news upward. It has no tables of its own."""
