"""Ground floor: frozen, typed data and pure functions on it. No input, no output, no clock."""
