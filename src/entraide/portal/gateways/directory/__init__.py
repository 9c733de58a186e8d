"""Files of health professionals: the national directory's, and the networks' own."""
