"""The Victim Contact Agreement: who tells her, how, how often and when it is safe; revisited whenever something happens."""
