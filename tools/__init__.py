"""Generators and the steps behind the Makefile; nothing imports this room."""
