// While somebody types, the first hits are shown below the box. What was typed is posted; without this the button does it.
const PAUSE = 450;
const FEWEST = 3;

export function startSearch() {
  const form = document.querySelector("form[data-search]");
  const hits = document.querySelector("[data-search-hits]");
  if (!form || !hits) return;
  const box = form.querySelector("input[name=words]");
  let waiting = 0;
  let asking = null;
  let last = box.defaultValue.trim();

  async function ask(words) {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.search, {
        method: "POST",
        body: new FormData(form),
        redirect: "error",
        signal: asking.signal,
      });
      // An answer is a use of the session. Whatever went wrong, the button still works and says what it was.
      if (answer.ok) document.dispatchEvent(new Event("craffu:used"));
      if (answer.ok && box.value.trim() === words) hits.innerHTML = await answer.text();
    } catch {
      // Overtaken by the next letters, signed out, or no connection.
    }
  }

  function typed() {
    const words = box.value.trim();
    window.clearTimeout(waiting);
    if (words === last) return;
    waiting = window.setTimeout(() => {
      last = words;
      if (words.length < FEWEST) hits.replaceChildren();
      else ask(words);
    }, PAUSE);
  }

  box.addEventListener("input", typed);
  // Letters typed before this was loaded.
  typed();
  form.addEventListener("submit", () => {
    window.clearTimeout(waiting);
    asking?.abort();
  });
}
