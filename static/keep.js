// Keeps what is typed in a form while it is typed, so that a closed browser or an ended session costs nothing.
(function () {
  const PAUSE = 1500;

  function follow(form) {
    const status = document.createElement('p');
    status.className = 'govuk-body-s app-note';
    status.setAttribute('role', 'status');
    form.append(status);
    let waiting = null;

    async function send() {
      const data = new FormData(form);
      for (const [name, value] of Array.from(data.entries())) {
        if (value instanceof File) {
          data.delete(name);
        }
      }
      data.append('path', window.location.pathname);
      try {
        const answer = await fetch(form.dataset.keep, { method: 'POST', body: data, redirect: 'manual' });
        status.textContent = answer.ok
          ? 'Kept at ' + (await answer.text()) + ', not saved yet.'
          : 'This cannot be kept while you type. Save it when you are ready.';
      } catch (error) {
        status.textContent = 'No connection: what you typed stands on this page only, for now.';
      }
    }

    form.addEventListener('input', () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(send, PAUSE);
    });
    form.addEventListener('submit', () => window.clearTimeout(waiting));
  }

  document.querySelectorAll('form[data-keep]').forEach(follow);
})();
