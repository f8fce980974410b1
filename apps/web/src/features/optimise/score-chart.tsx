import type { Optimised, SearchPoint } from "../../data/optimise.ts";
import { useLanguage } from "../../messages/index.tsx";
import styles from "./optimise.module.css";

const [WIDTH, HEIGHT] = [280, 44];
/** Rows of the table: those at which something became better, the first and the last among them. */
const ROWS_MAX = 40;

/** How good the best was at a moment: `at` is how far the search was, in whatever it is measured in. */
type Point = { readonly at: number; readonly steps: number; readonly hard: number; readonly soft: number };

/** How the points lost became fewer while it was looked. Steps go by their logarithm, as most is found early. */
export function ScoreChart({ answer }: { answer: Optimised }) {
  const { words, format } = useLanguage();
  const { before, convergence, steps, processingTime } = answer;
  const points = [{ steps: 0, ...before }, ...convergence].map((point) => ({ ...point, at: Math.log1p(point.steps) }));
  return (
    <section className={styles.section} aria-labelledby="optimise-score">
      <h3 id="optimise-score">{words.optimise.score}</h3>
      <Lines points={points} end={Math.log1p(Math.max(steps, 1))} steps={steps} />
      <p className={styles.quiet}>
        {words.optimise.steps(format.number(steps), format.number(Math.round(processingTime / 100) / 10))}
      </p>
      <details className={styles.table}>
        <summary>{words.optimise.asTable}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.optimise.stepsHead}</th>
              <th scope="col">{words.optimise.hard}</th>
              <th scope="col">{words.optimise.soft}</th>
            </tr>
          </thead>
          <tbody>
            {turns(points).map((point) => (
              <tr key={point.steps}>
                <td>{format.number(point.steps)}</td>
                <td>{format.number(Math.round(point.hard))}</td>
                <td>{format.number(Math.round(point.soft))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

/** The same while it is still looked, by how much of the time has gone. What stands is the first point. */
export function LiveChart({ points }: { points: readonly SearchPoint[] }) {
  const { words, format } = useLanguage();
  const known = points.filter(({ alternative }) => alternative >= 0);
  const last = known.at(-1);
  if (last === undefined) return null;
  const ofAnswer = known
    .filter(({ alternative }) => alternative === 0)
    .map(({ share, steps, score }) => ({ at: share, steps, ...score }));
  const { steps, alternative } = last;
  return (
    <section className={styles.section} aria-labelledby="optimise-live">
      <h3 id="optimise-live">{words.optimise.score}</h3>
      <Lines points={ofAnswer} end={1} steps={steps} until={last.share} />
      <p className={styles.quiet}>{words.optimise.soFar(format.number(steps), alternative)}</p>
    </section>
  );
}

/** What must hold and what is wished, each on a scale of its own. */
function Lines(props: { points: readonly Point[]; end: number; steps: number; until?: number }) {
  const { points, end, steps, until = end } = props;
  const { words, format } = useLanguage();
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const levels = [
    { name: words.optimise.hard, level: "hard" },
    { name: words.optimise.soft, level: "soft" },
  ] as const;
  const count = format.number(steps);
  return levels.map(({ name, level }) => {
    const [from, to] = [format.number(Math.round(first[level])), format.number(Math.round(last[level]))];
    return (
      <figure key={level} className={styles.chart} data-level={level}>
        <figcaption aria-hidden="true">
          <span>{name}</span>
          <span>{words.optimise.points(from, to)}</span>
        </figcaption>
        <svg
          role="img"
          aria-label={words.optimise.chart(name, from, to, count)}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          <path d={pathOf(points, level, end, until)} />
        </svg>
      </figure>
    );
  });
}

/** A staircase down: the best so far stands until a better one is found. */
function pathOf(points: readonly Point[], level: "hard" | "soft", end: number, until: number): string {
  const values = points.map((point) => point[level]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (at: number) => rounded((Math.min(at, end) / end) * WIDTH);
  const y = (value: number) => rounded(high === low ? HEIGHT - 2 : 2 + ((high - value) / (high - low)) * (HEIGHT - 4));
  const stairs = points.map((point) => `H${x(point.at)}V${y(point[level])}`).join("");
  return `M0 ${y(values[0]!)}${stairs}H${x(until)}`;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Points at which something became better, thinned out evenly. */
function turns(points: readonly Point[]): readonly Point[] {
  const better = points.filter(
    ({ hard, soft }, i) => i === 0 || hard !== points[i - 1]!.hard || soft !== points[i - 1]!.soft,
  );
  const every = Math.ceil(better.length / ROWS_MAX);
  return better.filter((_, i) => i % every === 0 || i === better.length - 1);
}
