// Two minutes before a session ends a bar says when, and a button puts it off (WCAG 2.2.1). When it has ended, the page is left:
// what it shows is not for whoever comes by next. Tabs of one browser tell each other of every use.
const WARN = 120_000;
// The server ends a session no later than the page believes; the answer to the last use may have been on its way.
const GRACE = 5_000;
const EVERY = 1_000;

export function startSession(form) {
  const words = form.querySelector("[role=alert]");
  const button = form.querySelector("button");
  const tabs = new BroadcastChannel("craffu-session");
  let lasts, latest, until, before;

  function begin({ idle, longest }) {
    lasts = idle * 1000;
    latest = Date.now() + longest * 1000;
    use();
  }

  function use() {
    until = Math.min(Date.now() + lasts, latest);
    if (!form.hidden) hide();
  }

  function show() {
    const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
    const isLast = until === latest;
    before = document.activeElement;
    button.hidden = isLast;
    form.hidden = false;
    words.textContent = words.dataset[isLast ? "longest" : "idle"].replace("{time}", time.format(until));
    before?.scrollIntoView({ block: "nearest" });
  }

  function hide() {
    const hadFocus = form.contains(document.activeElement);
    form.hidden = true;
    words.textContent = "";
    if (hadFocus) before?.focus({ preventScroll: true });
  }

  async function leave() {
    const waits = [];
    document.dispatchEvent(new CustomEvent("craffu:leaving", { detail: waits }));
    await Promise.allSettled(waits);
    window.location.replace(form.dataset.over);
  }

  function look() {
    const left = until - Date.now();
    if (left <= -GRACE) {
      window.clearInterval(looking);
      leave();
    } else if (left <= WARN && form.hidden) show();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" });
      if (!answer.ok) return;
      const lasting = await answer.json();
      begin(lasting);
      tabs.postMessage(lasting);
    } catch {
      // Signed out meanwhile, or no connection: the bar stays, and says until when.
    }
  });
  tabs.addEventListener("message", (event) => begin(event.data));
  document.addEventListener("craffu:used", use);

  const lasting = { idle: Number(form.dataset.idle), longest: Number(form.dataset.longest) };
  begin(lasting);
  tabs.postMessage(lasting);
  const looking = window.setInterval(look, EVERY);
  form.dataset.looking = "";
}
