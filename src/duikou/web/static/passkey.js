// Passkeys need a script and a name in the address: their buttons show only where they can work.
const usable = window.PublicKeyCredential && !/^[\d.]+$|:/.test(location.hostname);
document.querySelectorAll("[data-passkey]").forEach((button) => { button.hidden = !usable; });
document.querySelectorAll("[data-passkey-not]").forEach((said) => { said.hidden = usable; });
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelectorAll("[data-passkey-said]").forEach((said) => { said.hidden = false; });
});
