"""Her own log: what she, or her advocate, notes of contact and of being watched (BRC-01; requirements, M5)."""
