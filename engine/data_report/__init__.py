"""Are the trainers' examples sound: what another writer adds, what is said twice, what contradicts itself, what must not be in them."""
