"""Official code lists: what the codes in other systems' messages mean, as their publishers issue them.

`lists` says as data which file holds which list, `read` turns bytes into rows, `shape` rows into codes with a reason for
each refusal, and `apply` appends what is new (INT-01 to INT-05).
"""
