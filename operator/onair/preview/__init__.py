"""What will happen: campaigns and targets over a window of time, before anything happens. Pure."""
