"""The share of health insurance: base, rate, what the law withholds, hospital charges."""
