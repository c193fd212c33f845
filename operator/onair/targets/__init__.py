"""What steers a target: one module per way of steering and one registry line each."""
