"""What lies filed in an output folder: found again, checked, decided on, and judged anew."""
