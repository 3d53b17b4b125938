"""The event loop (事件循环) of a process that listens: uvloop where it is built, else the standard one."""

try:
    from uvloop import run
except ImportError:
    from asyncio import run

__all__ = ["run"]
