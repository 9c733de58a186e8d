"""What is done with cards."""
