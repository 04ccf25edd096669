"""How fast, and with how much memory, beside what: `make bench`, docs/benchmarks.md."""
