"""The recognisers behind the port, one file each, and the choice among what is installed."""
