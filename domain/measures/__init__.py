"""One file a measure: pure functions of a world, or of a history and a reading."""
