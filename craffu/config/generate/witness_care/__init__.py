"""What witness care keeps of the victims it looks after, and how each promise, piece of news and revisit truly stands.

How each stands is worked out here once more and in other words than the product's rules: nothing here asks them.
"""
