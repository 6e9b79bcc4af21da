"""The weekly digest: what is due, what moved and a role's figures, as they stood when the week began, kept as they were told."""
