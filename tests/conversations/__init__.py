"""Whole conversations on the trained model, with actions."""
