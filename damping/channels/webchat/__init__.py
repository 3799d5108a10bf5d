"""The office's own page: an ordinary, slightly dull messaging page that leaves nothing on the device."""
