"""The social fund: who may ask for help in hard times, and how it is decided. Confidential throughout."""
