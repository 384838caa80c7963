import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

/** A value as it stands in the file; an alias is the very node of its anchor. `at` is its offset in the text. */
export type Node = ScalarNode | ListNode | MapNode;

interface NodeBase {
  readonly at: number;
  /** As written, with its exclamation marks. */
  readonly tag: string | undefined;
  /** Values below it, itself included, with every alias written out. */
  size: number;
  /** Levels of values, itself included, with every alias written out. */
  depth: number;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly text: string;
  /** Neither quoted nor a block: only then can it be anything but a text. */
  readonly plain: boolean;
}

export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly items: Node[];
}

export interface MapNode extends NodeBase {
  readonly kind: 'map';
  /** In the file's order; doubles and merge keys are still there. */
  readonly entries: { readonly key: Node; readonly value: Node }[];
}

export type Report = (at: number, message: string) => void;

type AliasEvent = Extract<Event, { type: typeof EVENT_ID.ALIAS }>;
type ContentEvent = Extract<Event, { tagStart: number }>;

/**
 * The tree of one document, from the events between its DOCUMENT event and that one's POP. Reports aliases that lead
 * nowhere or into themselves.
 */
export function compose(source: string, events: readonly Event[], report: Report): Node {
  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  let next = 0;

  const node = (): Node => {
    const event = events[next++] as AliasEvent | ContentEvent;
    if (event.type === EVENT_ID.ALIAS) return aliased(event);
    const made = bare(source, event);
    if (event.anchorStart >= 0) anchors.set(source.slice(event.anchorStart, event.anchorEnd), made);
    if (made.kind === 'scalar') return made;
    open.add(made);
    while (events[next]?.type !== EVENT_ID.POP) child(made);
    open.delete(made);
    next++;
    return made;
  };
  const child = (parent: ListNode | MapNode): void => {
    const key = parent.kind === 'map' ? node() : undefined;
    const value = node();
    if (parent.kind === 'list') parent.items.push(value);
    else if (key !== undefined) parent.entries.push({ key, value });
    parent.size += value.size;
    parent.depth = Math.max(parent.depth, value.depth + 1);
  };
  const aliased = (event: AliasEvent): Node => {
    const target = anchors.get(source.slice(event.anchorStart, event.anchorEnd));
    if (target !== undefined && !open.has(target)) return target;
    const problem = target === undefined ? 'and no anchor of that name stands above' : 'here of itself';
    report(event.anchorStart, `* at the start means an alias, ${problem}; put a text that starts with * in quotes`);
    return { kind: 'scalar', at: event.anchorStart, tag: undefined, size: 1, depth: 1, text: '', plain: true };
  };
  return node();
}

/** The node without what is below it. An empty scalar stands nowhere: its `at` is that of its tag or anchor, or -1. */
function bare(source: string, event: ContentEvent): Node {
  const tag = event.tagStart < 0 ? undefined : source.slice(event.tagStart, event.tagEnd);
  if (event.type === EVENT_ID.SEQUENCE) return { kind: 'list', at: event.start, tag, size: 1, depth: 1, items: [] };
  if (event.type === EVENT_ID.MAPPING) return { kind: 'map', at: event.start, tag, size: 1, depth: 1, entries: [] };
  const at = event.valueStart < 0 ? Math.max(event.tagStart, event.anchorStart) : event.valueStart;
  return {
    kind: 'scalar',
    at,
    tag,
    size: 1,
    depth: 1,
    text: scalarText(source, event),
    plain: event.style === SCALAR_STYLE.PLAIN,
  };
}

/** A block at the end of a file without a last line break: Helm makes up none, js-yaml does. */
function scalarText(source: string, event: ScalarEvent): string {
  const text = getScalarValue(source, event);
  const block = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
  return block && event.valueEnd === source.length && !/[\r\n]$/.test(source) ? text.replace(/\n$/, '') : text;
}
