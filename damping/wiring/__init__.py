"""The only place that reads the environment and builds real objects: settings, processes, command line."""
