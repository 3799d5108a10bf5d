"""The city's own app: its people write to the office from there, by a documented API."""
