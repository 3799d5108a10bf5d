"""The ways in and out: each channel turns its own bytes into messages and messages into its own bytes."""
