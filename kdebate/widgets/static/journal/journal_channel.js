// One way to Python: sends answers in pieces, and knows which of them are on its disk.

const AGAIN = 20_000; // ms until an answer that Python has not confirmed is sent again
const PIECE = 700_000; // bytes of one message: a larger one than ten megabytes would end the connection
const IN_FLIGHT = 3 * PIECE; // bytes that may be under way unconfirmed
const encoder = new TextEncoder();
const bytesOf = (entry) => encoder.encode(JSON.stringify(entry)).length;

/** The queue of entries to send: in pieces, the next ones when Python has confirmed the earlier. */
function createOutbox(send) {
  const queue = new Map(); // entry id -> entry
  const flights = new Map(); // number of the message -> { ids, bytes, at }
  let done = 0;
  const flying = () => [...flights.values()].reduce((sum, { bytes }) => sum + bytes, 0);

  function nextPiece() {
    const piece = [];
    let bytes = 0;
    for (const entry of queue.values()) {
      const size = bytesOf(entry);
      if (piece.length && bytes + size > PIECE) break;
      piece.push(entry);
      bytes += size;
    }
    return { piece, bytes };
  }
  function pump(limit = IN_FLIGHT) {
    while (queue.size && (flights.size === 0 || flying() < limit)) {
      const { piece, bytes } = nextPiece();
      piece.forEach((entry) => queue.delete(entry.entry_id));
      const number = send({ ask: "put", entries: piece });
      flights.set(number, { ids: piece.map((entry) => entry.entry_id), bytes, at: Date.now() });
    }
  }
  return {
    add(entries) {
      for (const [number, { at }] of flights) if (Date.now() - at > AGAIN) flights.delete(number);
      entries.forEach((entry) => queue.set(entry.entry_id, entry));
      pump();
    },
    /** Send all that is left at once: the page is being closed. */
    flush: () => pump(Infinity),
    /** Python answered a message. */
    landed(number) {
      done += flights.get(number)?.ids.length ?? 0;
      flights.delete(number);
      pump();
      if (flights.size === 0) done = 0;
    },
    /** Forget what is under way: it is asked for anew. */
    reset() {
      queue.clear();
      flights.clear();
      done = 0;
    },
    isUnderWay: (id) =>
      queue.has(id) || [...flights.values()].some(({ ids, at }) => Date.now() - at <= AGAIN && ids.includes(id)),
    /** How far a large lot is, or null when there is none. */
    get progress() {
      const under = [...flights.values()].reduce((sum, { ids }) => sum + ids.length, 0);
      return queue.size ? { done, total: done + under + queue.size } : null;
    },
  };
}

/** What Python tells a page, by the name of the message. */
function hearing(channel, book, { outbox, note, hello, give }) {
  return {
    welcome(told) {
      channel.welcomed = true;
      outbox.reset();
      const missing = new Set([...told.want, ...told.more, ...told.entries.map((entry) => entry.entry_id)]);
      channel.onDisk.clear();
      note([...channel.asked].filter(([id]) => !missing.has(id)));
      for (const name of ["problem", "notice", "learner", "exported_at"]) channel[name] = told[name];
      channel.shared ||= told.shared;
      const isEmpty = !told.problem && told.entries.length === 0 && channel.onDisk.size === 0;
      if (book.watch.heardOfFile(isEmpty)) return; // cleared in another tab
      hear(told);
      book.setApart(told.apart);
      book.learn(told);
      const wanted = new Set(told.want);
      outbox.add(book.all().filter((entry) => wanted.has(entry.entry_id)));
      give(told.more);
    },
    given: hear,
    written(told) {
      channel.problem = told.problem;
      note(told.ids, new Date().toISOString());
      told.refused.forEach((id) => channel.refused.add(id));
      if (told.again) hello();
    },
    refused(told) {
      channel.problem = told.problem;
      outbox.reset(); // what waits is tried again in a while
    },
    cleared: () => channel.onDisk.clear(),
    noted: () => {},
  };
  function hear({ entries, more = [] }) {
    const taken = book.takeFromDisk(entries);
    note(taken.map((entry) => [entry.entry_id, entry.answered_at]));
    taken.forEach((entry) => channel.lacking.delete(entry.entry_id));
    if (taken.length === 0)
      channel.lacking.clear(); // they are not on this disk
    else if (!more.length) give([...channel.lacking]);
  }
}

/**
 * @param {import("../types.d.ts").Model} model  the link's
 * @param {import("../types.d.ts").Book} book   the journal of this page that it serves
 * @param {{page: string, browser: string}} names  random names: answers carry the page's back, Python counts the browsers
 */
export function createChannel(model, book, names) {
  const channel = {
    onDisk: new Map(),
    asked: new Map(),
    lacking: new Set(),
    refused: new Set(),
    welcomed: false,
    shared: false,
    problem: "",
    notice: "",
    learner: "",
    exported_at: "",
  };
  const kernel = model.widget_manager?.kernel;
  let count = 0;
  let greeting = ""; // the hello whose answer counts

  function send(content) {
    const to = `${names.page}:${++count}`;
    try {
      model.send({ ...content, to, browser: names.browser });
    } catch (error) {
      console.warn("Python does not hear", error); // the answer stays in this browser and goes when Python is back
    }
    return to;
  }
  const outbox = createOutbox(send);
  const isOnDisk = (entry) => channel.onDisk.get(entry.entry_id)?.stamp === entry.answered_at;
  const waiting = () => book.all().filter((entry) => !isOnDisk(entry));
  const note = (ids, at) => ids.forEach(([id, stamp]) => channel.onDisk.set(id, { stamp, at: at ?? stamp }));
  function hello() {
    channel.asked = new Map(book.all().map((entry) => [entry.entry_id, entry.answered_at]));
    greeting = send({ ask: "hello", have: [...channel.asked] });
  }
  function give(ids) {
    ids.forEach((id) => channel.lacking.add(id));
    if (ids.length) send({ ask: "give", ids });
  }
  const hear = hearing(channel, book, { outbox, note, hello, give });

  function heard(content) {
    if (content?.tell === "shared") channel.shared = true;
    else if (!content?.to?.startsWith(`${names.page}:`) || !Object.hasOwn(hear, content.tell))
      return; // another page asked
    else if (content.tell !== "welcome" || content.to === greeting) hear[content.tell](content);
    outbox.landed(content.to);
    book.notify();
  }
  function again() {
    if (!channel.welcomed || book.watch.isClearing) return;
    outbox.add(waiting().filter((entry) => !outbox.isUnderWay(entry.entry_id) && !channel.refused.has(entry.entry_id)));
    if (channel.lacking.size) give([...channel.lacking]);
  }
  const reconnected = () => kernel.connectionStatus === "connected" && hello();

  model.on("msg:custom", heard);
  kernel?.connectionStatusChanged?.connect(reconnected);
  globalThis.addEventListener("pagehide", outbox.flush);
  const timer = setInterval(again, AGAIN);
  return Object.assign(channel, {
    hello,
    give,
    waiting,
    put: outbox.add,
    get progress() {
      return outbox.progress;
    },
    clear: () => send({ ask: "clear" }),
    saved: (at, learner) => send({ ask: "saved", at, learner }),
    close() {
      clearInterval(timer);
      globalThis.removeEventListener("pagehide", outbox.flush);
      model.off("msg:custom", heard);
      kernel?.connectionStatusChanged?.disconnect(reconnected);
    },
  });
}
