"""What custody suites say of detentions: when somebody was arrested and released, and on which bail."""
