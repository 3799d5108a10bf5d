"""What the office decided: danger, risk, question order, places, hours. Plain Python, standard library only.

Runs unchanged under Python 3.10 (engine) and 3.12 (service). Nothing here reads a file, a clock or a network.
"""
