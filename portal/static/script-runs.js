/* Tells the style sheet that scripts run; the first thing on every page, so that nothing jumps. */
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported')
}
