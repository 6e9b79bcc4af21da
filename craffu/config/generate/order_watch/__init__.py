"""What police and partners record of watching the orders they hold, and what truly became of each thing that was due.

How each stands is worked out here once more and in other words than the product's rules: nothing here asks them.
"""
