"""Models that were trained here: their reports, signatures and who switched which on."""
