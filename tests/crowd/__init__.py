"""A real crowd in front of real pods: what the HPA alone, a cron job and OnAir make of it."""
