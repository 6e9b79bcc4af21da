"""Court result messages: what a court sends the police after a hearing, in the national format (ResultedCaseMessage).

Three steps, each its own module: `read` (bytes to values as they stand), `shape` (values to typed records, with a
reason for each refusal and a flag for each doubt) and, above them, the actions that write (INT-02, INT-03, INT-04).
"""

MAPPING_VERSION = "1"
