"""The advocate she named: who may speak for her and hear what she may hear, from her consent until she ends it."""
