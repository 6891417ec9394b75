// The price grid by keyboard, as in a sheet: arrows up and down, Enter goes down, left and right at the ends of a text.
(function () {
  const table = document.querySelector('.app-grid');
  if (!table) {
    return;
  }
  const inputs = (row) => Array.from(row.querySelectorAll('td input[type="text"]'));
  const rows = Array.from(table.tBodies[0].rows).map(inputs);

  function place(input) {
    const row = rows.findIndex((cells) => cells.includes(input));
    return [row, rows[row].indexOf(input)];
  }

  function go(row, column) {
    const input = rows[row] && rows[row][column];
    if (input) {
      input.focus();
      input.select();
    }
    return Boolean(input);
  }

  table.addEventListener('keydown', (event) => {
    const input = event.target;
    if (input.type !== 'text' || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const [row, column] = place(input);
    const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const moves = {
      ArrowDown: () => go(row + 1, column),
      ArrowUp: () => go(row - 1, column),
      // Also in the last row, so that going down never saves by surprise.
      Enter: () => go(row + (event.shiftKey ? -1 : 1), column) || true,
      ArrowRight: () => (all || input.selectionStart === input.value.length) && go(row, column + 1),
      ArrowLeft: () => (all || input.selectionEnd === 0) && go(row, column - 1),
    };
    const move = moves[event.key];
    if (move && move()) {
      event.preventDefault();
    }
  });
})();
