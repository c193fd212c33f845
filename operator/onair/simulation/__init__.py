"""What a trace would have met, pure: pods over time with the HPA alone, a cron job, OnAir."""
