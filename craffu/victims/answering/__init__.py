"""What she answers on the safe page: question by question, encrypted, and what follows of it (VIC-08, VIC-11)."""
