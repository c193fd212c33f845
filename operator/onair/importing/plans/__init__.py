"""Media plans: CSV files with one spot or programme in each row."""
