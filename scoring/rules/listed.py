"""The planned lists of a unit, for the rules that count columns."""

from scoring.model import UnitEvidence
from scoring.rules.reading import Reading, blocked, read_sighting


def listed(evidence: UnitEvidence, names: dict[str, str]) -> list[Reading]:
    """The columns of kind `list` (keys of `names`) that the run's plan asked for; none when the site or scope was not seen."""
    site, view = evidence.site, evidence.view
    if site is None or view is None or blocked(evidence):
        return []
    return [read_sighting(site, view, seen, names[seen.key]) for seen in view.sightings if seen.key in names]
