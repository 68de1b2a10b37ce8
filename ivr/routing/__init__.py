"""The choice: hours, order in line, who takes whom. Pure functions over values handed in."""
