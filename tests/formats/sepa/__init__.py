"""Payment files and bank answers; every person, account and bank is invented."""
