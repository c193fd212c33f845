"""The command line: `onair run` and `onair restore`."""
