"""Pure codecs of French numbers and texts: no clock, no network, no Django."""
