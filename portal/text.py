"""The words that stand on every page, and the languages that the portal speaks."""

from flask_babel import lazy_gettext as _l

PRODUCT = _l("MHCS Training and Engagement Portal")

# A language joins when its catalogue is complete; a test holds it to that.
LANGUAGES = ("en",)
