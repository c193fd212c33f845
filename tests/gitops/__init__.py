"""Argo CD and Flux, each as a program of its own that uses their libraries."""
