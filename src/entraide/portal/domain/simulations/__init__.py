"""What care would cost, before it: everyday cases and quotes on the engine that pays (B-03, REMB-05, X12)."""
