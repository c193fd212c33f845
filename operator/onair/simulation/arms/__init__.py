"""The arms of a simulation: ways to have replicas when the crowd comes."""
