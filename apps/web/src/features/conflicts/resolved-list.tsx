import { useState } from "react";
import { undoLast } from "../../data/history.ts";
import { useResolved, type Resolution } from "../../data/resolved.ts";
import { dayOfInstant, parseInstant } from "../../data/wall-clock.ts";
import { reloadYears } from "../../data/years.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Glyph, glyphOf } from "../../ui/glyph.tsx";
import { Icon } from "../../ui/icon.tsx";
import { partiesText } from "./parties-text.ts";
import styles from "./resolved-list.module.css";
import { useTimes, type Span } from "./use-times.ts";

/** What repairs have put right and still stands, newest first; one's own with the way back. */
export function ResolvedList({ zone }: { zone: string }) {
  const { words } = useLanguage();
  const resolved = useResolved();
  const { columns } = words.resolved;
  if (resolved.items.length === 0) {
    const { loading, failed, none } = words.resolved;
    return (
      <p className={styles.none}>{{ loading, failed: resolved.sentence || failed, ready: none }[resolved.status]}</p>
    );
  }
  return (
    <div className={styles.list}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{columns.what}</th>
            <th scope="col">{columns.moved}</th>
            <th scope="col">{columns.by}</th>
            <th scope="col">{columns.when}</th>
            <th scope="col">
              <span className={styles.spoken}>{words.actions.undo}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {resolved.items.map((item) => (
            <Row
              key={item.id}
              item={item}
              together={resolved.items.filter(({ requestId }) => requestId === item.requestId)}
              zone={zone}
            />
          ))}
        </tbody>
      </table>
      {resolved.more !== null && (
        <p className={styles.more}>
          <Button onPress={resolved.more}>{words.resolved.more}</Button>
        </p>
      )}
    </div>
  );
}

function Row(props: { item: Resolution; together: readonly Resolution[]; zone: string }) {
  const { item, together, zone } = props;
  const { words, format } = useLanguage();
  const times = useTimes(zone);
  const [isUndoing, setUndoing] = useState(false);
  const atMs = parseInstant(item.at);
  const isSame = (from: Span, to: Span): boolean => from.start === to.start && from.end === to.end;
  const titles = together.flatMap(({ moves }) => moves.map(({ summary }) => summary));
  const undo = () => {
    setUndoing(true);
    const done = { requestIds: [item.requestId], summary: words.resolved.summary(titles) };
    void undoLast(words, () => reloadYears(zone), done).finally(() => setUndoing(false));
  };
  return (
    <tr>
      <td className={styles.what}>
        <Glyph kind={glyphOf(item.kind)} word={words.conflict.kind(item.kind)} /> {words.resolved.pair(item.events)}
      </td>
      <td>
        {item.moves.map(({ summary, from, to, rest, ...parties }) => (
          <span key={`${summary} ${from.start}`} className={styles.move}>
            <b>{summary}</b> <del>{isSame(from, to) ? "" : times.moment(from, to)}</del>
            {!isSame(from, to) && <Icon name="arrow" size={14} />}
            <ins>
              {times.moment(to, from)}
              {rest !== null && ` ${words.proposal.part(times.moment(rest, from))}`}
            </ins>{" "}
            {partiesText({ add: parties.add.map(named), remove: parties.remove.map(named) }, words)}
          </span>
        ))}
      </td>
      <td>{item.by}</td>
      <td className={styles.when}>
        {format.dayShort(dayOfInstant(item.at, zone) ?? 0)} <span>{atMs === null ? "" : format.time(atMs)}</span>
      </td>
      <td className={styles.action}>
        {item.mine && (
          <Button size="small" isDisabled={isUndoing} aria-label={words.resolved.undoOf(titles)} onPress={undo}>
            {words.resolved.undo(together.length)}
          </Button>
        )}
      </td>
    </tr>
  );
}

const named = (name: string) => ({ name });
