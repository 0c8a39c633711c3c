"""Which published statements cannot all hold: systems of statements from rows, and their smallest conflicts."""
