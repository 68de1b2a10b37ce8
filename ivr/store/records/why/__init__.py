"""Why a call went where it went: read out of its entries, and told in plain sentences."""
