"""Figures quoted in the README, measured here and nowhere else (`make bench`)."""
