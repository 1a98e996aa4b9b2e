"""Administration: people, teams and programmes, and the audit trail."""

from flask import Blueprint

from portal.administration.account_pages import bp as account_bp
from portal.administration.audit_pages import bp as audit_bp
from portal.administration.chain import check_found
from portal.administration.people_pages import bp as people_bp
from portal.administration.placing_pages import bp as placing_bp
from portal.administration.words import action_words, day_before, who_words

bp = Blueprint(
    "administration", __name__, url_prefix="/administration", template_folder="templates"
)
for part in (people_bp, account_bp, placing_bp, audit_bp):
    bp.register_blueprint(part)
for word in (action_words, check_found, day_before, who_words):
    bp.add_app_template_filter(word)
