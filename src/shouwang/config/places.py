"""Where this installation keeps things: known without starting anything."""

from pathlib import Path

from . import env

HOME = env.folder("SHOUWANG_HOME", Path.home() / ".shouwang")
BACKUP_KEY_FILE = env.folder("SHOUWANG_BACKUP_KEY_FILE", HOME / "backup-key")
