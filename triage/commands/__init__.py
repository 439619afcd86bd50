"""The `triage` command: one module a command, and beside them what several of them share."""
