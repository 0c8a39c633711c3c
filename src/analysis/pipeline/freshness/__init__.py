"""What is up to date, by content, never by time: outputs hold while all that they follow from is what it was."""
