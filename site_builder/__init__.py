"""The site builder: turns the library into a static site. It knows nothing of the portal."""
