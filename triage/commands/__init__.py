"""The `triage` command, one module a command."""
