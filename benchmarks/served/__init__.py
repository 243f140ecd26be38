"""Sites for benchmarks: pages written to disk beforehand and served by a process that is not measured."""
