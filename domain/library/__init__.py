"""The library: everything that was authored, read from disk and checked as one whole.

The only part of the domain that touches the disk.
"""

from domain.library.addresses import resolver
from domain.library.guarding import Look
from domain.library.loading import inspect, load
from domain.library.stamps import restamp
from domain.library.values import Inspection, Library

__all__ = ["Inspection", "Library", "Look", "inspect", "load", "resolver", "restamp"]
