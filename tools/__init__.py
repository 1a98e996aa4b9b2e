"""The project's own tools: start, test, check. Standard library only, save where said."""
