"""What a sane paper does not exceed."""

MAX_PIXELS = 40_000_000
MAX_PAGES = 500
