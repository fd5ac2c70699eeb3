// What the app copies arrives as an escape sequence (OSC 52), which the terminal of the page does not know.
(() => {
  const sequence = /\x1b\]52;[a-z]*;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)/g;
  let pending = "";

  const show = (text) => {
    const box = document.createElement("textarea");
    box.value = text;
    box.title = "The browser does not let this page copy: press ctrl+c, then esc";
    box.style = "position:fixed;inset:20% 15%;z-index:99;font:14px monospace;padding:1em";
    box.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Escape") box.remove();
    };
    document.body.append(box);
    box.focus();
    box.select();
  };

  const copy = async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const text = new TextDecoder().decode(bytes);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      show(text);
    }
  };

  const look = (text) => {
    pending += text;
    let end = 0;
    for (const found of pending.matchAll(sequence)) {
      end = found.index + found[0].length;
      copy(found[1]);
    }
    const start = pending.indexOf("\x1b]52;", end);
    pending = start < 0 ? pending.slice(-4) : pending.slice(start);
    if (end && start < 0) pending = "";
  };

  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", async (event) => {
        const data = event.data instanceof Blob ? await event.data.arrayBuffer() : event.data;
        if (data instanceof ArrayBuffer) look(new TextDecoder("latin1").decode(data));
      });
    }
  };
})();
