"""Looking for what should not be: each room says what it promised, one report says what does not hold."""
