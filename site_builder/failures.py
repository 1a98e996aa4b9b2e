"""What stops a build, said in one line that tells a person what to do."""


class BuildFailed(Exception):
    """A build, or a step of it, that could not be finished. Its text is for people."""
