"""Speed and memory against stock Rasa with the same model, measured in one run on this machine: `make bench`."""
