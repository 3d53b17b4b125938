"""The groups of the `shouwang` command, one file each."""
