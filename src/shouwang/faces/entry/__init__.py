"""The entry (入口): signing in and out, codes, passwords, and the ways in from other systems."""
