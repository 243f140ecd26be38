"""How the publishing systems of government sites lay out lists; one file each."""
