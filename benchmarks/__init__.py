"""Side-by-side timings: convlib against torch."""
