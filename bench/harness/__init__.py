"""The harness of bench/run; each file tells what it is for."""
