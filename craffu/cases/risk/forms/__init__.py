"""Forms of a force's own licensed risk tools, loaded by the force: their questions, and the answers given with an assessment."""
