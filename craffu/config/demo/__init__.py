"""The invented force: its people, its courts' messages and its accounts. Nobody and nothing in here is real."""
