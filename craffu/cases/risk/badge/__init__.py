"""The grade that stands at the head of a person's pages: the highest of their open cases."""
