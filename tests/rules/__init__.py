"""The office's rules, run under both Pythons."""
