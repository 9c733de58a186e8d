"""PostgreSQL as Django knows it, and a bound on how long an answer is waited for."""
