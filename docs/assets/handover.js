/* From one device to another without a server: a text packed into the fragment of an address (which no browser sends),
   shown as QR codes that a phone's own camera opens, and put together again. Used by runs; any widget may use it. */
(function () {
  "use strict";
  var portal = window.portal;
  if (portal.handover) return;
  var base = document.currentScript.src;
  var CHUNK = 480;
  var MOST = 6e6;
  var DAY = 864e5;
  var PART = /^1\.([0-9a-f]{8})\.(\d{1,4})\.(\d{1,4})\.([0-9a-f]{8})\.([A-Za-z0-9_-]{1,4000})$/;

  function word(key, values) { return portal.word("run", key, values); }

  /** CRC-32 as eight hexadecimal digits: against cut-off and mixed-up codes, not against ill will. */
  function sum(text) {
    var crc = -1;
    for (var i = 0; i < text.length; i += 1) {
      crc ^= text.charCodeAt(i);
      for (var bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ("0000000" + ((crc ^ -1) >>> 0).toString(16)).slice(-8);
  }

  function toText(bytes) {
    var text = "";
    for (var i = 0; i < bytes.length; i += 8192) text += String.fromCharCode.apply(null, bytes.subarray(i, i + 8192));
    return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function toBytes(text) {
    var raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    var bytes = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i += 1) bytes[i] = raw.charCodeAt(i);
    return bytes;
  }

  /** Bytes through a (de)compressing stream; stops where a small text would unfold into something huge. */
  function through(bytes, transform) {
    var reader = new Blob([bytes]).stream().pipeThrough(transform).getReader();
    var parts = [];
    var size = 0;
    function next(step) {
      if (step.done) return new Response(new Blob(parts)).arrayBuffer();
      size += step.value.length;
      if (size > MOST) { reader.cancel(); throw new Error("too big"); }
      parts.push(step.value);
      return reader.read().then(next);
    }
    return reader.read().then(next).then(function (buffer) { return new Uint8Array(buffer); });
  }

  /** A text as letters that may stand in an address: `z…` compressed, `p…` where the device cannot compress. */
  function pack(text) {
    var bytes = new TextEncoder().encode(text);
    var plain = "p" + toText(bytes);
    var transform;
    try { transform = new CompressionStream("deflate-raw"); } catch (error) { return Promise.resolve(plain); }
    return through(bytes, transform).then(function (small) { return "z" + toText(small); });
  }

  /** The text again; refused (the promise fails) when it is damaged, too big or of an unknown kind. */
  function unpack(packed) {
    return Promise.resolve().then(function () {
      var bytes = toBytes(packed.slice(1));
      if (packed[0] === "z") return through(bytes, new DecompressionStream("deflate-raw"));
      if (packed[0] === "p") return bytes;
      throw new Error("unknown kind");
    }).then(function (bytes) { return new TextDecoder("utf-8", { fatal: true }).decode(bytes); });
  }

  /** The packed text in numbered, checked parts. */
  function cut(packed) {
    var pieces = packed.match(new RegExp(".{1," + CHUNK + "}", "g"));
    return pieces.map(function (piece, at) {
      return ["1", sum(packed), at + 1, pieces.length, sum(piece), piece].join(".");
    });
  }

  /** What follows `#name=` in the address, taken out of address and history at once. */
  function take(name) {
    var start = "#" + name + "=";
    if (location.hash.indexOf(start) !== 0) return undefined;
    var value = location.hash.slice(start.length);
    history.replaceState(history.state, "", location.href.split("#")[0]);
    return value;
  }

  /** Put one scanned part to those that came before, in any order: `{packed}` when whole, `{have, total, missing}` before,
      `{wrong: word}` when it cannot be used. */
  function collect(name, value) {
    var part = PART.exec(value);
    if (!part || sum(part[5]) !== part[4] || +part[2] < 1 || +part[2] > +part[3]) return { wrong: "code-damaged" };
    if (part[3] === "1") return sum(part[5]) === part[1] ? { packed: part[5] } : { wrong: "code-damaged" };
    var start = name + "-part:";
    portal.store.keys(start).forEach(function (old) {
      var at = (portal.store.read(old) || {}).at;
      if (!(Date.now() - at < DAY)) portal.store.remove(old);
    });
    var key = start + part[1];
    var kept = portal.store.read(key);
    if (!kept || kept.total !== +part[3] || !kept.parts) kept = { total: +part[3], parts: {} };
    kept.at = Date.now();
    kept.parts[part[2]] = part[5];
    return together(key, kept, part[1]);
  }

  function together(key, kept, whole) {
    var missing = [];
    var packed = "";
    for (var n = 1; n <= kept.total; n += 1) {
      if (typeof kept.parts[n] !== "string") missing.push(n);
      packed += kept.parts[n];
    }
    if (missing.length) {
      if (!portal.store.write(key, kept)) return { wrong: "code-no-storage" };
      return { have: kept.total - missing.length, total: kept.total, missing: missing };
    }
    portal.store.remove(key);
    return sum(packed) === whole ? { packed: packed } : { wrong: "code-damaged" };
  }

  var library;
  function loadLibrary() {
    library = library || new Promise(function (done, failed) {
      var script = portal.element("script");
      script.src = new URL("vendor/qrcode/qrcode.js", base).href;
      script.onload = function () { done(window.qrcode); };
      script.onerror = function () { library = null; failed(new Error("no library")); };
      document.head.append(script);
    });
    return library;
  }

  function draw(canvas, qrcode, text) {
    var code = qrcode(0, "L");
    code.addData(text, "Byte");
    code.make();
    var count = code.getModuleCount();
    var scale = Math.max(3, Math.floor(720 / (count + 8)));
    canvas.width = canvas.height = (count + 8) * scale;
    var pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = "#000";
    for (var row = 0; row < count; row += 1) {
      for (var column = 0; column < count; column += 1) {
        if (code.isDark(row, column)) pen.fillRect((column + 4) * scale, (row + 4) * scale, scale, scale);
      }
    }
  }

  /** Codes for `text` in `root`, one at a time. From a folder there is no address that another device could open: said so. */
  function show(root, name, text) {
    var says = portal.element("p");
    says.setAttribute("role", "status");
    root.append(says);
    if (location.protocol === "file:") { says.textContent = word("code-folder"); return Promise.resolve(); }
    return Promise.all([pack(text), loadLibrary()]).then(function (ready) {
      var parts = cut(ready[0]);
      var canvas = portal.element("canvas", "", "handover__code");
      var at = 0;
      canvas.setAttribute("role", "img");
      function turn(step) {
        at = (at + step + parts.length) % parts.length;
        draw(canvas, ready[1], location.href.split("#")[0] + "#" + name + "=" + parts[at]);
        canvas.setAttribute("aria-label", word("code-label", { number: at + 1, total: parts.length }));
        says.textContent = parts.length === 1 ? word("code-one") : word("code-many", { number: at + 1, total: parts.length });
      }
      root.append(canvas);
      if (parts.length > 12) root.append(portal.element("p", word("code-long", { total: parts.length })));
      if (parts.length > 1) {
        var turns = portal.element("p", "", "run-acts");
        turns.append(portal.button(word("code-back"), turn.bind(null, -1)), portal.button(word("code-next"), turn.bind(null, 1)));
        root.append(turns);
      }
      turn(0);
    }).catch(function () { says.textContent = word("code-failed"); });
  }

  portal.handover = { pack: pack, unpack: unpack, cut: cut, take: take, collect: collect, show: show };
})();
