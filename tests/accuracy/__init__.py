"""How often the readers are right: on the simulated city, on annual reports written out from figures, and on real saved pages where they are at hand."""
