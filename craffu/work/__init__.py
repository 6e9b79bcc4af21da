"""Due work, as one thing for the whole product: what, why, by when, whose, and what if it is not done."""
