// Draws every <figure class="chart"> from the figure that stands, as JSON, in its template element.
// Without this file the page still holds each chart's sentence and table.
const settings = {
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: '',
  responsive: true,
  modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'],
};
const MOST_ROWS = 24;
const wide = window.matchMedia('(min-width: 40.0625em)');

function draw(chart) {
  const picture = chart.querySelector('.chart__picture');
  const figure = JSON.parse(chart.querySelector('.chart__data').content.textContent);
  window.Plotly.react(picture, figure.data, figure.layout, settings);
}

function drawAll(root) {
  const charts = [...root.querySelectorAll('figure.chart')];
  if (root.matches && root.matches('figure.chart')) {
    charts.push(root);
  }
  charts.forEach((chart) => {
    const table = chart.querySelector('.chart__table');
    // The picture says it on a wide screen; on a narrow one the table leads and stays open, unless it is very long.
    table.open = !wide.matches && table.querySelectorAll('tbody tr').length <= MOST_ROWS;
    draw(chart);
  });
}

drawAll(document);
document.addEventListener('htmx:afterSettle', (event) => drawAll(event.target));
wide.addEventListener('change', () => drawAll(document));
