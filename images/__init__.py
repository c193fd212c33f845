"""Container images without a daemon: OCI archives made from a root folder."""
