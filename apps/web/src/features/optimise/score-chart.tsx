import type { Optimised } from "../../data/optimise.ts";
import { useLanguage } from "../../messages/index.tsx";
import styles from "./optimise.module.css";

const [WIDTH, HEIGHT] = [280, 44];

/** How the points lost became fewer while it was looked: what must hold and what is wished, each on a scale of its own. */
export function ScoreChart({ answer }: { answer: Optimised }) {
  const { words, format } = useLanguage();
  const { before, score, steps, processingTime } = answer;
  const lines = [
    { name: words.optimise.hard, level: "hard", before: before.hard, after: score.hard },
    { name: words.optimise.soft, level: "soft", before: before.soft, after: score.soft },
  ] as const;
  const count = format.number(steps);
  return (
    <section className={styles.section} aria-labelledby="optimise-score">
      <h3 id="optimise-score">{words.optimise.score}</h3>
      {lines.map((line) => {
        const [from, to] = [format.number(Math.round(line.before)), format.number(Math.round(line.after))];
        return (
          <figure key={line.level} className={styles.chart} data-level={line.level}>
            <figcaption aria-hidden="true">
              <span>{line.name}</span>
              <span>{words.optimise.points(from, to)}</span>
            </figcaption>
            <svg
              role="img"
              aria-label={words.optimise.chart(line.name, from, to, count)}
              viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
              preserveAspectRatio="none"
            >
              <path d={pathOf(answer, line.level)} />
            </svg>
          </figure>
        );
      })}
      <p className={styles.quiet}>
        {words.optimise.steps(count, format.number(Math.round(processingTime / 100) / 10))}
      </p>
    </section>
  );
}

/** A staircase down: the best so far stands until a better one is found. Steps go by their logarithm, as most is found early. */
function pathOf({ convergence, before, steps }: Optimised, level: "hard" | "soft"): string {
  const points = [{ steps: 0, ...before }, ...convergence];
  const values = points.map((point) => point[level]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const end = Math.log1p(Math.max(steps, points.at(-1)!.steps, 1));
  const x = (at: number) => rounded((Math.log1p(at) / end) * WIDTH);
  const y = (value: number) => rounded(high === low ? HEIGHT - 2 : 2 + ((high - value) / (high - low)) * (HEIGHT - 4));
  const stairs = points.map((point) => `H${x(point.steps)}V${y(point[level])}`).join("");
  return `M0 ${y(values[0]!)}${stairs}H${WIDTH}`;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
