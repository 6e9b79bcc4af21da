"""How news travels up: what an act changed is told in its own transaction, and whoever stands above takes it from here."""
