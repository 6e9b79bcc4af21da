"""What happens in her case, and what each thing raises: her agreement again, the Code's limit, news her safety hangs on."""
