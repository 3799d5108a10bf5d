"""Ways by which an officer away from the desk is called. Nothing that leaves here says anything about anybody."""
