// The frame of every exercise: kind, saved mark, question, answer, buttons, and what to do when something fails.

import { Card, freshPrefix } from "../frame/card.js";
import { journal, newId } from "../journal/journal.js";
import { el, write } from "../page/dom.js";
import { fill } from "../page/words.js";
import { createFrame, watchLeaving } from "./card_frame.js";
import { clock } from "./controls.js";
import { createDraft, fillForm, readForm } from "./draft.js";
import { versionList } from "./versions.js";

export * from "./controls.js"; // a kind of exercise needs the frame and the controls

const MUCH = 40; // signs: who removes more than that may want them back, so a new version begins

const hasWords = (text) => text.trim() !== "";

/** The length that counts: never shorter than the JSON that Python writes. */
const lengthOf = (answer) => JSON.stringify(answer, null, 1).length;

/** Whether something that stood in an answer stands no longer in the one that takes its place; both are told in lines. */
const lost = (before, after) => before.split("\n").some((line) => hasWords(line) && !after.includes(line.trim()));

/** One exercise on the page: what stands on it, and what of that is stored. */
class Exercise extends Card {
  #sitting = null; // the id under which this sitting stores; a new one begins when the reader comes back
  #longest = 0; // signs of the longest state of this sitting
  #mine; // answered_at of the newest answer that the card knows, null for none
  #shown = null; // the entry that stands on the card
  #replaced = null; // the one that stood here when another took its place unasked
  #cleared = 0; // the clearings of the journal that this card has followed
  #over = 0; // signs too many to store
  #filling = false; // the card itself puts words into its fields
  #ids = 0;
  #channel = null;
  #part; // what the kind made

  /**
   * @param {import("../types.d.ts").Context} context
   * @param {(ctx: object) => any} create
   */
  constructor({ model, link, signal }, create) {
    const { question, words, module_version, limits } = model.get("_spec");
    const prefix = freshPrefix();
    const title = el("h3", { class: "kdx-title", id: `${prefix}-title` }, question.prompt);
    super(title, {
      class: "kd kdx",
      "data-kdebate-exercise": question.id,
      "data-kind": question.kind,
      "data-saved": "no",
    });
    this.title = title;
    this.question = question;
    this.words = words;
    this.signal = signal;
    this.moduleVersion = module_version;
    this.limits = limits;
    this.prefix = prefix;
    this.book = journal(link);
    this.frame = createFrame(this.say);
    this.draft = createDraft(this.book, this.question.id, this.frame.form);
    this.create = create;
    this.ctx = this.#context();
    const read = (answer) => (this.#part.accepts(answer) ? this.#part.describe(answer) : null);
    this.versions = versionList(
      this.ctx,
      read,
      this.guard((entry, time) => this.#takeBack(entry, time)),
    );
    this.frame.form.addEventListener(
      "submit",
      this.guard(() => this.#part.submit()),
    );
    this.#assemble();
  }

  #assemble() {
    const { form, mark, strange, told, tooLong, offer, problem, fault } = this.frame;
    this.add(
      el(
        "div",
        { class: "kdx-head" },
        el("p", { class: "kdx-kind" }, this.question.label ?? this.say(`kind.${this.question.kind}`)),
        mark.node,
      ),
      this.title,
      this.question.detail ? el("p", { class: "kdx-detail" }, this.question.detail) : null,
      strange,
      form,
      told,
      tooLong,
      offer.node,
      problem,
      fault,
      this.versions.node,
    );
  }

  /** Begin: what is stored, then what was typed and is not, then the way to Python. */
  start(link) {
    this.#build();
    this.changed();
    this.#resume();
    if (!link) return; // a page without Python
    this.#channel = this.book.join(link);
    this.#paint();
  }

  say = (path, values = {}) =>
    fill(
      path.split(".").reduce((at, key) => at[key], this.words),
      values,
    );
  flush = () => this.#part?.flush?.();

  /** Whether words would go with the page. */
  get isAtRisk() {
    if (this.draft.dirty) return !this.draft.kept || this.book.isPrivate;
    return this.book.isOnPageOnly(this.question.id, this.#channel);
  }

  /** Whatever broke, the words on the card are kept as a draft, and the line says where they are. */
  failed() {
    const { wayOut, fault } = this.frame;
    write(
      wayOut,
      this.say(!this.draft.dirty ? "card.fault" : this.draft.keep(this.#mine) ? "card.fault_kept" : "card.fault_copy"),
    );
    fault.hidden = false;
  }

  /** What a kind gets. */
  #context() {
    const card = this;
    return {
      question: card.question,
      say: card.say,
      words: card.words,
      signal: card.signal,
      guard: card.guard,
      root: card.root,
      title: card.title,
      freshId: () => `${card.prefix}-${++card.#ids}`,
      latest: () => card.#shown?.answer ?? null,
      /** Whether another question has an answer. */
      isAnswered: (id) => card.book.latest(id) !== null,
      get dirty() {
        return card.draft.dirty;
      },
      /** Whether what stands here outlived a clearing in another tab, and waits until the reader goes on. */
      get adrift() {
        return card.draft.adrift;
      },
      /** Typed, but not stored. */
      touch: card.guard(() => card.#touch()),
      /** Store, and say whether it could be; within one sitting the newer state replaces the older, unless much was removed. */
      store: (answer) => card.#store(answer),
      /** Store by itself. A text that was emptied waits until the reader says so. */
      storeQuietly: (answer) => card.#storeQuietly(answer),
      /** The next store is a version of its own. */
      endSitting: () => card.#endSitting(),
      /** Whether nothing more is asked here, and whether the answer is right. */
      done: (is, isRight = false) => card.#done(is, isRight),
      /** A line below the buttons, such as what is still missing. */
      tell: (text) => card.#tell(text),
      /** Take over an answer from elsewhere, if one came. */
      adopt: () => card.changed(),
    };
  }

  /** A frame around several cards hears of it. */
  #done(is, isRight) {
    const { classList } = this.root;
    classList.toggle("kdx-done", is);
    classList.toggle("kdx-solved", isRight);
    this.root.dispatchEvent(new CustomEvent("kdebate:done"));
  }

  // ---- storing

  #endSitting() {
    this.#sitting = null;
  }

  #tell(text) {
    this.frame.told.hidden = text === "";
    write(this.frame.told, text);
  }

  #touch() {
    this.draft.dirty = true; // whatever fails below
    this.#over = this.#part.read ? Math.max(0, lengthOf(this.#part.read()) - this.limits.answer) : 0;
    this.draft.touch(this.#mine, this.#filling);
    this.frame.offer.close();
    this.#tell("");
    this.#paint();
  }

  #dropDraft() {
    this.#over = 0;
    this.draft.drop();
  }

  #store(answer) {
    const { question, moduleVersion, book } = this;
    const size = lengthOf(answer);
    this.#over = Math.max(0, size - this.limits.answer);
    if (this.#over > 0) return this.#refuse();
    const isBehind = book.leaveBehind(question.id);
    const fresh = isBehind || this.#longest - size > MUCH || size * 2 < this.#longest || this.#emptied(answer);
    if (this.#sitting === null || fresh) [this.#sitting, this.#longest] = [newId(), 0];
    this.#longest = Math.max(this.#longest, size);
    book.put(
      {
        entry_id: this.#sitting,
        question_id: question.id,
        kind: question.kind,
        notebook: question.notebook,
        answer,
        module_version: moduleVersion,
      },
      this.#channel,
    );
    this.#dropDraft(); // only now: until it is stored, the draft is all there is
    this.frame.fault.hidden = this.frame.strange.hidden = true;
    this.#replaced = null;
    this.frame.offer.close();
    this.#paint();
    return true;
  }

  #storeQuietly(answer) {
    const before = this.#shown;
    const gone = this.#emptied(answer);
    if (gone && !this.#part.texts(answer).some(hasWords)) {
      return this.#offerBack("card.emptied", before, [
        "store-empty",
        this.say("card.emptied_store"),
        this.guard(() => this.#storeNow()),
      ]);
    }
    const done = this.#store(answer);
    if (done && gone) this.#offerBack("card.part_emptied", before);
    return done;
  }

  #refuse() {
    this.draft.dirty = true;
    this.draft.keep(this.#mine);
    this.#paint();
    return false;
  }

  /** Whether one of the texts loses all its words. */
  #emptied(answer) {
    if (!this.#part.texts || this.#shown === null) return false;
    const now = this.#part.texts(answer);
    return this.#part.texts(this.#shown.answer).some((text, i) => hasWords(text) && !hasWords(now[i]));
  }

  #storeNow() {
    this.#store(this.#part.read());
    this.#endSitting();
    this.#lead();
  }

  // ---- taking back

  /** Say what is gone from the card, with the way back. */
  #offerBack(key, entry, ...more) {
    this.frame.offer.make(this.say(key), [
      ["put-back", this.say("card.put_back"), this.guard(() => this.#putBack(entry))],
      ...more,
    ]);
    this.#paint();
    return false;
  }

  /** What is stored stands on the card again; what was stored since is an earlier version. */
  #putBack(entry) {
    this.#dropDraft();
    if (this.book.latest(this.question.id) !== entry) this.#takeOver(entry);
    else this.#display(entry);
    this.#paint();
    this.#lead();
  }

  /** An earlier answer becomes the newest. What stands on the card unsaved is stored first. */
  #takeBack(entry, time) {
    const answer = this.draft.dirty && this.#part.read ? this.#part.read() : null;
    if (answer !== null && !this.#emptied(answer) && !this.#store(answer)) return;
    if (this.draft.dirty) this.#dropDraft();
    this.#takeOver(entry);
    this.#tell(this.say("card.version_taken", { time }));
    this.versions.focus();
  }

  #takeOver(entry) {
    this.#endSitting();
    this.#store(entry.answer);
    this.#endSitting();
    this.#display(this.#shown);
  }

  /** The keyboard goes on where there is something to write. */
  #lead() {
    [...this.frame.form.querySelectorAll("textarea, input, select")]
      .find((control) => control.offsetParent !== null)
      ?.focus({ preventScroll: true });
  }

  // ---- showing

  #paint() {
    const { mark, problem, tooLong } = this.frame;
    const stored = this.book.saved(this.question.id, this.#channel);
    const saved = this.draft.dirty ? { state: "no" } : stored;
    this.root.dataset.saved = saved.state;
    mark.show(saved.state, this.say(`saved.${saved.state}`, { time: saved.at ? clock(saved.at) : "" }));
    const lines = this.#problems(stored);
    problem.hidden = lines.length === 0;
    write(problem, lines.join(" "));
    const over = this.#over;
    tooLong.hidden = over === 0;
    write(
      tooLong,
      over === 0
        ? ""
        : this.say("card.too_long", {
            count: over.toLocaleString("en-GB"),
            limit: this.limits.answer.toLocaleString("en-GB"),
          }),
    );
  }

  /** What the reader must know of where the words are. */
  #problems(stored) {
    const { draft, say } = this;
    const lines = [];
    if (stored.lost) lines.push(say("card.not_in_browser"));
    else if (draft.adrift) lines.push(say("card.adrift"));
    else if (draft.dirty && !draft.kept && (this.#over > 0 || !this.#part.flush)) lines.push(say("card.no_draft"));
    const { problem } = this.#channel ?? {};
    if (problem && stored.state !== "disk" && this.book.latest(this.question.id))
      lines.push(say("card.not_on_disk", { sentence: problem }));
    return lines;
  }

  /** Put an answer on the card; one of an unknown shape is said, and the card is as new. */
  #display(entry) {
    this.#shown = entry !== null && this.#part.accepts(entry.answer) ? entry : null;
    this.frame.strange.hidden = entry === null || this.#shown !== null;
    this.#part.show(this.#shown?.answer ?? null);
  }

  /** The journal changed: here, in another tab, or because Python told of answers. */
  changed = this.guard(() => {
    const entry = this.book.latest(this.question.id);
    if (this.book.clearings !== this.#cleared) this.#empty();
    if ((entry?.answered_at ?? null) !== this.#mine) this.#arrived(entry);
    this.#part.heard?.();
    this.versions.show(this.#part.describe ? this.book.versions(this.question.id).slice(1) : []);
    this.#paint();
  });

  #arrived(entry) {
    if (entry && entry.entry_id === this.#sitting)
      [this.#mine, this.#shown] = [entry.answered_at, entry]; // stored here: the card shows it already
    else if (this.draft.dirty) this.#tell(this.say("card.elsewhere"));
    else {
      const before = this.#replaced ?? this.#shown;
      this.#mine = entry?.answered_at ?? null;
      this.#endSitting();
      this.#display(entry);
      this.#replaced = before && this.#isLost(before) ? before : null;
      if (this.#replaced) this.#offerBack("card.replaced", this.#replaced);
      else this.frame.offer.close();
    }
  }

  /** Whether words of an answer that stood here stand here no longer. */
  #isLost(before) {
    const part = this.#part;
    if (!part.describe) return false;
    return lost(part.describe(before.answer), this.#shown ? part.describe(this.#shown.answer) : "");
  }

  /** The card's own controls, empty: at the start, and after all was cleared. */
  #build() {
    this.#part?.stop?.();
    this.#cleared = this.book.clearings;
    this.#over = 0;
    this.draft.reset();
    [this.#shown, this.#replaced] = [null, null];
    this.#endSitting();
    this.#mine = undefined; // not even "no answer" stands on the card
    this.frame.offer.close();
    this.#part = this.create(this.ctx);
    this.frame.form.replaceChildren(...this.#part.nodes);
  }

  /** All was cleared. Words that nobody stored stay in front of the reader when it was another tab that cleared. */
  #empty() {
    const words = this.draft.dirty && !this.book.isClearedHere ? readForm(this.frame.form) : null;
    this.#build();
    if (words === null) return;
    this.#mine = null;
    this.#display(null);
    this.#filling = true;
    fillForm(this.frame.form, words);
    this.#filling = false;
  }

  /** What was typed before the page went stands here again, also where another answer was stored since: that one is in the journal. */
  #resume() {
    const draft = this.book.draft(this.question.id);
    if (!draft) return;
    const since = (draft.base ?? null) !== this.#mine;
    fillForm(this.frame.form, draft.values);
    if (!this.draft.dirty)
      this.book.keepDraft(this.question.id, null); // it was stored after all
    else if (since) this.#tell(this.say("card.elsewhere"));
  }
}

/** A model that holds one of the questions of a frame or a table. */
export const modelOf = (model, spec, question) => ({
  get: (name) => (name === "_spec" ? { ...spec, question } : model.get(name)),
});

/**
 * Build an exercise into `el` and keep it alive.
 *
 * What a kind alone knows: `nodes`; `accepts(answer)`, whether it is of a shape that `show(answer)` can show; `submit()`;
 * where there is text `read()`, the answer as it stands on the card, `texts(answer)`, what is stored by itself,
 * `flush()` to do so at once and `stop()` not to; where versions can be taken back `describe(answer)`, the answer in lines;
 * where other questions matter `heard()`, called after any answer of the journal.
 * @param {import("../types.d.ts").Context} context
 * @param {(ctx: object) => object} create  makes the kind's part
 */
export function mountExercise(context, create) {
  const { el: place, link, signal } = context;
  const card = new Exercise(context, create);
  place.replaceChildren(card.root);
  const flush = card.guard(card.flush);
  watchLeaving(flush, () => card.isAtRisk, signal);
  const unsubscribe = card.book.subscribe(card.changed);
  signal.addEventListener("abort", () => {
    flush();
    unsubscribe();
    if (link) card.book.leave(link);
  });
  card.guard(() => card.start(link))();
}
