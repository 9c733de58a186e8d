"""Who gets which answer from which address about whose object: matrix 2.4 of the security requirements.

`rules.py` is the matrix. A new address is one line there; a new role is one more line in each grid, and a
person in `family.py`. The rest finds its way from the URL table.
"""
