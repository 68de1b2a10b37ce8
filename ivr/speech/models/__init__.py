"""Where recognisers' models lie, which are published, and how one is fetched."""
