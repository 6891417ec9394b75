// Starts the GOV.UK components, on the page and in whatever htmx brings in later.
import { initAll } from './govuk/govuk-frontend.min.js';

initAll();

document.addEventListener('htmx:load', (event) => {
  if (event.target !== document.body) {
    initAll({ scope: event.target });
  }
});

// A printed page shows what is folded.
window.addEventListener('beforeprint', () => {
  document.querySelectorAll('details:not([open])').forEach((details) => {
    details.open = true;
    details.dataset.openedForPrint = '';
  });
});
window.addEventListener('afterprint', () => {
  document.querySelectorAll('details[data-opened-for-print]').forEach((details) => {
    details.open = false;
    delete details.dataset.openedForPrint;
  });
});
