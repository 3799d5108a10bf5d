"""Rasa's custom actions: glue between the tracker and the office's rules. Read slots, ask one rule, speak, set slots, order.

No action reads a file, a clock or a network; an `if` that the office could care about stands in `rules/`.
"""
