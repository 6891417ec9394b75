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
const LONGEST_NAME = 14;
const wide = window.matchMedia('(min-width: 40.0625em)');

// Long names beside bars leave no room for the bars on a narrow screen: there they go over several lines.
function inLines(name) {
  const lines = [''];
  String(name).split(' ').forEach((word) => {
    const last = lines.length - 1;
    const longer = lines[last] ? lines[last] + ' ' + word : word;
    if (longer.length > LONGEST_NAME && lines[last]) {
      lines.push(word);
    } else {
      lines[last] = longer;
    }
  });
  return lines.join('<br>');
}

function narrowed(data) {
  return data.map((trace) =>
    Array.isArray(trace.y) && typeof trace.y[0] === 'string' ? { ...trace, y: trace.y.map(inLines) } : trace,
  );
}

function draw(chart) {
  const picture = chart.querySelector('.chart__picture');
  const figure = JSON.parse(chart.querySelector('.chart__data').content.textContent);
  const data = wide.matches ? figure.data : narrowed(figure.data);
  window.Plotly.react(picture, data, figure.layout, settings);
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
