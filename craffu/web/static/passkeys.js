// Asks the browser for a passkey and puts its answer into the form. A page without this script says so, and offers a code.
const HIDDEN = "govuk-!-display-none";

for (const place of document.querySelectorAll("[data-passkey]")) {
  const button = place.querySelector("[data-passkey-start]");
  const failed = place.querySelector("[data-passkey-failed]");
  const answer = place.closest("form").elements.namedItem("answer");
  const makes = place.dataset.passkey === "create";

  const ask = async () => {
    const given = JSON.parse(place.dataset.options);
    if (makes) {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(given);
      return navigator.credentials.create({ publicKey });
    }
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(given);
    return navigator.credentials.get({ publicKey });
  };

  const start = async () => {
    button.disabled = true;
    failed.classList.add(HIDDEN);
    try {
      const credential = await ask();
      answer.value = JSON.stringify(credential.toJSON());
      place.closest("form").submit();
    } catch {
      failed.classList.remove(HIDDEN);
      button.disabled = false;
      button.focus();
    }
  };

  if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    place.querySelector("[data-passkey-without]").classList.add(HIDDEN);
    button.classList.remove(HIDDEN);
    button.addEventListener("click", start);
  }
}
