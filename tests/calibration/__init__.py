"""How well the rule for doubts does on real counts, and on faults planted into them."""
