"""Documents that are opened and read closely: annual reports, guides, consultations, interpretations, normative documents, rosters."""
