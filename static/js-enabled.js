// Tells the styles that scripts run, before the page is drawn. Loaded at the top of the body.
document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');
