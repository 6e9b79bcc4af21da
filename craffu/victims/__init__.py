"""What a victim was promised and is owed, how she may safely be reached, and what she says, in her own words."""
