"""The actions with rasa_sdk's own tracker; no model."""
