"""Stories of campaigns as data: manifests, a timeline, what is expected; README.md has the form."""
