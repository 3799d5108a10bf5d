"""The city's app: partners, their keys, what they opened and what they are to be told."""
