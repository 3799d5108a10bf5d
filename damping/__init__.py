"""The service: channels, store, desk, worker and command line (Python 3.12)."""
