"""Our text stage beside two other text generators that tell the same story: see README.md."""
