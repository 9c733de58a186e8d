"""Where SEPA reaches: the countries of an account number that a SEPA transfer can be sent to."""

# Geographical scope of the schemes (European Payments Council, EPC409-09), by the country of the IBAN.
# Albania, Moldova, Montenegro and North Macedonia have taken part since October 2025, Serbia since May 2026.
# Territories that use another country's IBAN (overseas France, the Channel Islands) are not told apart.
COUNTRIES = frozenset({
    "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR",
    "GB", "GI", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD",
    "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "VA",
})  # fmt: skip
