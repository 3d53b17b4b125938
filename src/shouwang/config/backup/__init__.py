"""Backup and recovery (备份与恢复): the database and the home of an installation, sealed in a folder of parts."""
