// An entry made where there is no signal stays on the device, encrypted, until it was sent; then nothing of it is left there.
// The keys are the server's, given to whoever is signed in and never stored: what lies on a lost phone opens nothing.
const DATABASE = "craffu-held";
const ENTRIES = "entries";
// Says that there is something to look for, and nothing else: most pages then open no database.
const FLAG = "craffu-held";
const HEADER = { "X-Craffu-Held": "send" };
const LONGEST_WAIT = 20_000;
const PAUSE = 700;
const DRAFT_LASTS = 12 * 3_600_000;

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function store(mode, act) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(ENTRIES, { keyPath: "id" });
  const database = await asked(opening);
  try {
    return await asked(act(database.transaction(ENTRIES, mode).objectStore(ENTRIES)));
  } finally {
    database.close();
  }
}

const all = () => store("readonly", (entries) => entries.getAll());

async function keep(row) {
  localStorage.setItem(FLAG, "1");
  await store("readwrite", (entries) => entries.put(row));
}

async function forget(id) {
  await store("readwrite", (entries) => entries.delete(id));
  if ((await all()).length) return;
  localStorage.removeItem(FLAG);
  await asked(indexedDB.deleteDatabase(DATABASE));
}

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

async function ring(keys) {
  return Promise.all(
    keys.map(async (text) => {
      const raw = bytes(text);
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
      const who = [...digest.slice(0, 8)].map((one) => one.toString(16).padStart(2, "0")).join("");
      return { who, key: await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]) };
    }),
  );
}

async function sealed({ who, key }, said, id, state) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(said)));
  return { id, who, state, at: Date.now(), iv, body };
}

async function opened(keys, row) {
  const { key } = keys.find(({ who }) => who === row.who);
  const said = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, key, row.body);
  return JSON.parse(new TextDecoder().decode(said));
}

const dataUrl = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

// Where the form is opened again: of one path there may be several, each about something else.
const openedAt = (form) => form.dataset.heldOpen || window.location.pathname;

async function read(form) {
  const said = { path: window.location.pathname, open: openedAt(form), pressed: Date.now(), fields: [], files: [] };
  for (const [name, value] of new FormData(form)) {
    if (name === "csrfmiddlewaretoken") continue;
    if (typeof value === "string") said.fields.push([name, value]);
    else if (value.size) said.files.push([name, { name: value.name, type: value.type, url: await dataUrl(value) }]);
  }
  return said;
}

const fileOf = ({ name, type, url }) => new File([bytes(url.slice(url.indexOf(",") + 1))], name, { type });

function fill(form, said) {
  for (const control of form.elements) {
    const values = said.fields.filter(([name]) => name === control.name).map(([, value]) => value);
    // What was "now" when it was typed is not so any more, and is asked again.
    if (["checkbox", "radio"].includes(control.type))
      control.checked = values.includes(control.value) && control.value !== form.dataset.heldNow;
    else if (control.type === "file") {
      const chosen = new DataTransfer();
      for (const [name, file] of said.files) if (name === control.name) chosen.items.add(fileOf(file));
      control.files = chosen.files;
    } else if (values.length) [control.value] = values;
  }
}

// As the browser would by itself: a form that is sent by a script leaves out which button was pressed.
function leave(form, button) {
  const pressed = document.createElement("input");
  Object.assign(pressed, { type: "hidden", name: button?.name ?? "", value: button?.value ?? "" });
  form.append(pressed);
  form.submit();
}

// "recorded" and where to go, "refused" by what it says, "stranger" where nobody is signed in, "unsent" where nothing came back.
async function send(said) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  for (const [name, value] of said.fields) body.append(name, value);
  for (const [name, file] of said.files) body.append(name, fileOf(file));
  // How long ago it was said, by the device's own clock: what was "just now" then is not so when it is sent.
  const headers = { ...HEADER, "X-Craffu-Held-For": `${Math.max(0, Math.round((Date.now() - said.pressed) / 1000))}` };
  try {
    const signal = AbortSignal.timeout(LONGEST_WAIT);
    const answer = await fetch(said.path, { method: "POST", body, headers, redirect: "error", signal });
    if (answer.status === 201) return { became: "recorded", to: (await answer.json()).to };
    if (answer.status === 401) return { became: "stranger" };
    return { became: answer.status >= 500 ? "unsent" : "refused" };
  } catch {
    return { became: "unsent" };
  }
}

async function hasSignal(notice) {
  try {
    return (await fetch(notice.dataset.keys, { signal: AbortSignal.timeout(LONGEST_WAIT) })).ok;
  } catch {
    return false;
  }
}

function tell(notice, what, path = "", words = notice.dataset[what]) {
  notice.querySelector("p").textContent = words;
  notice.querySelector("a")?.remove();
  if (path) {
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = path;
    link.textContent = notice.dataset.open;
    notice.append(link);
  }
  notice.hidden = false;
}

// What was sent without an answer is sent again, on whatever page there is signal: the server keeps it once.
export async function sendHeld(notice) {
  if (!localStorage.getItem(FLAG)) return;
  await navigator.locks.request(DATABASE, async () => {
    let answer;
    try {
      answer = await fetch(notice.dataset.keys);
      if (!answer.ok) return;
    } catch {
      return;
    }
    const keys = await ring((await answer.json()).keys);
    const mine = (await all()).filter((row) => keys.some(({ who }) => who === row.who));
    for (const row of mine) {
      if (row.state === "draft" && Date.now() - row.at > DRAFT_LASTS) await forget(row.id);
      if (row.state === "refused") tell(notice, "refused", (await opened(keys, row)).open);
      if (row.state !== "waiting") continue;
      const said = await opened(keys, row);
      const { became } = await send(said);
      if (became === "recorded") {
        await forget(row.id);
        tell(notice, "sent");
      } else if (became === "refused") {
        await keep({ ...row, state: "refused" });
        tell(notice, "refused", said.open);
      } else return;
    }
  });
}

export async function startHolding(form, notice) {
  const keys = await ring(form.dataset.held.split(" "));
  const discard = document.querySelector("[data-held-discard]");
  // A form that is checked on a page of its own goes there while there is signal, and is one entry with it: by its own key.
  const { key: own } = form.elements;
  const newId = () => (own ? crypto.randomUUID().replaceAll("-", "") : crypto.randomUUID());
  const here = (row) => row.state !== "waiting" && keys.some(({ who }) => who === row.who);
  let id = own?.value || newId();
  let typing;

  for (const row of localStorage.getItem(FLAG) ? (await all()).filter(here) : []) {
    const said = await opened(keys, row);
    // What it came here with, the server has filled in itself.
    if (!discard || said.open !== openedAt(form) || row.id === own?.value) continue;
    id = row.id;
    // After a refusal the server has filled the form in again itself.
    if (!document.querySelector(".govuk-error-summary")) fill(form, said);
    discard.hidden = false;
  }

  const keepAs = async (state) => keep(await sealed(keys[0], await read(form), id, state));
  const renew = () => {
    window.clearTimeout(typing);
    form.reset();
    id = newId();
    if (own) own.value = id;
    if (discard) discard.hidden = true;
    // Where there is nothing to type there is nothing to say again.
    else form.hidden = true;
  };

  form.addEventListener("input", () => {
    window.clearTimeout(typing);
    typing = window.setTimeout(() => keepAs("draft"), PAUSE);
  });

  discard?.querySelector("button").addEventListener("click", async () => {
    await forget(id);
    renew();
  });

  form.addEventListener("submit", async (event) => {
    window.clearTimeout(typing);
    // A way back, or to another page of the same form.
    if (event.submitter?.hasAttribute("data-held-passes")) return;
    event.preventDefault();
    if ("heldChecked" in form.dataset) {
      await keepAs("draft");
      if (await hasSignal(notice)) {
        leave(form, event.submitter);
        return;
      }
    }
    const said = await read(form);
    await keep(await sealed(keys[0], said, id, "waiting"));
    const { became, to } = await send(said);
    if (became === "recorded") {
      await forget(id);
      window.location.assign(to);
    } else if (became === "unsent") {
      renew();
      tell(notice, "kept", "", form.dataset.heldKept);
      notice.scrollIntoView();
    } else {
      // The server says what is wrong on a page of its own, or asks who it is; the entry stays until then.
      await keepAs("draft");
      leave(form, event.submitter);
    }
  });

  // A session that ends leaves the page: what was typed until then is kept first.
  document.addEventListener("craffu:leaving", ({ detail }) => typing && detail.push(keepAs("draft")));
  form.dataset.holding = "";
}
