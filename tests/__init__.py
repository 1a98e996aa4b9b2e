"""The tests. A package, since one of our tools installs another package of this name."""
