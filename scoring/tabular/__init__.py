"""Tables that people keep: CSV and Excel read as cells that know their place, so that a refusal can name row and column."""
