// 报进度 on site: photographs are shrunk before they are sent, and a report that cannot be sent waits in the browser.
// The form is whole without this file. A report is kept under the key of its form, so it is done once however often it is sent.
(() => {
  const SIDE = 1600, ENOUGH = 300 * 1024, OPENED = new Date().toDateString(), WAITS = "已存，联网后发送。";

  const kept = (mode, use) => new Promise((done, failed) => {
    const opening = indexedDB.open("duikou", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("reports", { keyPath: "key" });
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const asked = use(opening.result.transaction("reports", mode).objectStore("reports"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    };
  });
  const keep = (report) => kept("readwrite", (all) => all.put(report)).then(() => mark());
  const drop = (key) => kept("readwrite", (all) => all.delete(key)).then(() => mark());
  const waiting = async () => (await kept("readonly", (all) => all.getAll())).sort((one, other) => one.at - other.at);
  const mark = async () => {
    const any = (await waiting()).length > 0;
    any ? localStorage.setItem("reports", "1") : localStorage.removeItem("reports");
  };

  async function shrunk(file) {
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
      if (scale === 1 && file.size <= ENOUGH) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      let blob = null;
      for (const quality of [0.85, 0.75, 0.65, 0.5]) {
        blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
        if (blob && blob.size <= ENOUGH) break;
      }
      return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
    } catch {
      return file; // the server says what is wrong with it
    }
  }

  function day(form) {
    const now = new Date();
    if (now.toDateString() === OPENED) return form.dataset.day; // the day of the server, while the page is of today
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  }

  async function collect(form) {
    const fields = [], photographs = [];
    for (const [name, value] of new FormData(form)) {
      if (value instanceof File) {
        if (value.size) photographs.push(await shrunk(value));
      } else if (!["csrfmiddlewaretoken", "day"].includes(name)) fields.push([name, value]);
    }
    fields.push(["step", "confirm"], ["day", form.elements.day.value || day(form)]);
    return { key: form.elements.key.value, account: form.dataset.report, address: location.href, at: Date.now(), fields, photographs };
  }

  async function post(report, token) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token);
    report.fields.forEach(([name, value]) => body.append(name, value));
    report.photographs.forEach((file) => body.append("photographs", file, file.name));
    const answer = await fetch(report.address, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const done = answer.ok && answer.redirected && !page.querySelector("input[type=password], form[data-report]");
    return { page, url: answer.url, done, refused: answer.status === 422 };
  }

  // What the server answered stands on the page, as it does without this file.
  function show({ page, url }) {
    history.replaceState(null, "", url);
    document.title = page.title;
    document.head.querySelectorAll("link[rel=stylesheet]").forEach((link) => link.remove());
    page.head.querySelectorAll("link[rel=stylesheet]").forEach((link) => document.head.append(link));
    document.body.replaceWith(page.body);
    scrollTo(0, 0);
    begin();
    document.querySelector(".errors, .said")?.focus();
  }

  function say(words, way) {
    let line = document.querySelector(".waits");
    if (!line) {
      line = document.createElement("p");
      line.className = "said waits";
      line.setAttribute("role", "status");
      document.querySelector("main").prepend(line);
    }
    line.hidden = false;
    line.textContent = words + (way ? " " : "");
    if (way) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: way[0] });
      button.addEventListener("click", way[1]);
      line.append(button);
    }
  }

  async function submit(event) {
    const form = event.target, button = form.querySelector("button.pri");
    event.preventDefault();
    const words = button.textContent;
    button.disabled = true;
    button.textContent = "正在发送";
    const again = () => Object.assign(button, { disabled: false, textContent: words });
    const report = await collect(form);
    try {
      await keep(report); // before it is sent: nothing is lost on the way
    } catch {
      again();
      return form.submit(); // a browser that keeps nothing sends it as without this file
    }
    if (sending || (await waiting()).some((one) => one.key !== report.key && !one.refused)) {
      await sending; // others wait: it goes behind them, for progress that falls is refused
      navigator.onLine ? await flush() : say(WAITS);
      anew(form);
      return again();
    }
    try {
      const answer = await post(report, form.elements.csrfmiddlewaretoken.value);
      if (answer.done || answer.refused) {
        await drop(report.key);
        return show(answer);
      }
      say("已存，没有发出。登录后再打开这一页，自动发送。");
    } catch {
      say(WAITS);
      anew(form);
    }
    again();
  }

  function anew(form) {
    form.reset();
    form.elements.key.value = [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");
  }

  let sending = null;
  function flush() {
    sending ??= sendAll().finally(() => { sending = null; });
    return sending;
  }

  async function sendAll() {
    const tried = new Set();
    const next = async () => (await waiting()).find((report) => !report.refused && !tried.has(report.key));
    let sent = 0;
    try {
      for (let report; navigator.onLine && (report = await next()); ) {
        tried.add(report.key);
        const page = new DOMParser().parseFromString(await (await fetch(report.address)).text(), "text/html");
        const form = page.querySelector("form[data-report]");
        if (!form || form.dataset.report !== report.account) continue; // another account, or nobody signed in
        const answer = await post(report, form.elements.csrfmiddlewaretoken.value);
        if (answer.done) {
          await drop(report.key);
          sent += 1;
        } else if (answer.refused) await keep({ ...report, refused: true });
      }
    } catch {
      // still no network: they wait on
    }
    await told(sent);
  }

  async function told(sent) {
    const form = document.querySelector("form[data-report]");
    const left = (await waiting()).filter((report) => !form || report.account === form.dataset.report);
    const odd = left.find((report) => report.refused && form && report.address === location.href);
    if (odd) return say("有一份存着的报告没有办成。", ["打开来改", () => mend(odd, form)]);
    if (left.length) return say(`有 ${left.length} 份报告已存，尚未发送。`, ["现在发送", flush]);
    if (sent) say(`存着的 ${sent} 份报告已发送。`);
  }

  async function mend(report, form) {
    const answer = await post(report, form.elements.csrfmiddlewaretoken.value);
    await drop(report.key);
    show(answer);
  }

  function begin() {
    const form = document.querySelector("form[data-report]");
    form?.addEventListener("submit", submit);
  }

  begin();
  addEventListener("online", flush);
  navigator.onLine ? flush() : told(0);
})();
