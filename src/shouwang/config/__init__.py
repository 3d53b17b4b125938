"""Settings, URLs, commands: what is put together, and nothing else."""
