// Types that several modules of the page share, for the checker and the editor alone: nothing of this reaches a browser.

/** What anywidget hands over, or its stand-in on a page without Jupyter (`memoryModel` of page/load.js). */
export interface Model {
  get(name: string): any;
  set(name: string, value: any): void;
  save_changes(): void;
  send(content: any): void;
  on(name: string, listener: (...args: any[]) => void): void;
  off(name: string, listener?: (...args: any[]) => void): void;
  widget_manager?: any;
  comm_live?: boolean;
}

/** What a widget's `render` gets. `carrier` is absent on a page without Python. */
export interface Context {
  model: Model;
  el: HTMLElement;
  /** Aborted when the widget goes: whatever it listens to, it listens to until then. */
  signal: AbortSignal;
  carrier?: Model;
  /** The way to the journal file, where there is one. */
  link?: Model;
}

/** A table of a words file. */
export type Words = Record<string, any>;

/** One lever, as in levers.toml: a range, or choices. */
export interface Lever {
  default: any;
  label: string;
  unit: string;
  help: string;
  min?: number;
  max?: number;
  step?: number;
  choices?: string[];
}

/** Levers and starting points of one explorer. */
export interface Spec {
  levers: Record<string, Lever>;
  presets: Record<string, any>;
  [more: string]: any;
}

/** A part of an explorer that shows one store (frame/frame.js puts the frame around it). */
export interface Panel {
  store: any;
  /** Goes into the head, beside the title. */
  head?: Node;
  nodes: Node[];
  /** Called once, when the nodes stand on the page. */
  start?(): void;
  /** Fetch what the chart needs; `loaded` says whether it is there. */
  load?(): Promise<void>;
  loaded?: boolean;
  /** Show where levers and choices stand. */
  paint?(state: any, settled: boolean): void;
  /** Show what follows from a state; `before` is the one that the last change left, or null. */
  show(state: any, before: any): void;
  /** Measure anew at the next `show`. */
  rearrange?(): void;
  /** Something failed: say what is still to be seen. */
  failed?(): void;
  /** What the table shows; null where nothing may be seen. */
  table(): { caption: string; head: string[]; rows: string[][] } | null;
  /** The live sentence, for screen readers. */
  said(): string;
}

/** The values of all levers, by lever id. */
export type Values = Record<string, any>;

/** One version of one answer, as it is kept and exported. */
export interface Entry {
  entry_id: string;
  question_id: string;
  kind: string;
  notebook: string;
  answer: any;
  answered_at: string;
  module_version: string;
}

/** The page's journal of one id (journal/journal.js). */
export type Book = any;

/** What a kind of exercise gets from its card (exercises/card.js). */
export type Card = any;
