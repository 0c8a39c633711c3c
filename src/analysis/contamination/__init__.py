"""Study 3: stated contamination, the clearance record, density, and years to release the rest."""
