import { useId } from "react";
import { useLanguage } from "../../messages/index.tsx";
import section from "../../shell/section.module.css";
import { oneDigit, type Figures, type Tally } from "./figures.tsx";
import own from "./figures.module.css";
import { useFigureWords } from "./use-figure-words.ts";

/** From what went well to what did not. */
const OUTCOMES = [
  "completed",
  "confirmed",
  "requested",
  "noShow",
  "cancelledByCustomer",
  "cancelledByOrganisation",
  "cancelledByNobodyKnown",
  "declined",
] as const;

/** What became of bookings: one bar, and the same as a list. */
export function Outcomes({ total }: { readonly total: Tally }) {
  const { outcomes: words } = useFigureWords();
  const { format } = useLanguage();
  const id = useId();
  const shown = OUTCOMES.filter((name) => total.outcomes[name] > 0);
  if (shown.length === 0) return null;
  const part = (count: number) => count / total.bookings;
  return (
    <section className={own.card} aria-labelledby={id}>
      <h3 id={id}>{words.title}</h3>
      <div className={own.stack} aria-hidden="true">
        {shown.map((name) => (
          <i key={name} data-outcome={name} style={{ flexGrow: total.outcomes[name] }} />
        ))}
      </div>
      <ul className={own.legend}>
        {shown.map((name) => (
          <li key={name}>
            <i data-outcome={name} aria-hidden="true" />
            <span>{words.names[name]}</span>
            <b>{format.number(total.outcomes[name])}</b>
            <small>{format.percent(part(total.outcomes[name]))}</small>
          </li>
        ))}
      </ul>
      {total.cancelledLate > 0 && <p className={section.quiet}>{words.late(total.cancelledLate)}</p>}
    </section>
  );
}

/** What everybody was owed and got of roles that are shared fairly. */
export function FairShares({ fairness }: { readonly fairness: Figures["fairness"] }) {
  const { fairness: words } = useFigureWords();
  const id = useId();
  const shown = fairness.filter(({ subjects }) => subjects.some(({ got, owed }) => got > 0 || owed > 0));
  if (shown.length === 0) return null;
  return (
    <section className={own.card} aria-labelledby={id}>
      <h3 id={id}>{words.title}</h3>
      <p className={section.quiet}>{words.intro}</p>
      {shown.map((each) => (
        <Shares key={`${each.service.id} ${each.role}`} of={each} />
      ))}
    </section>
  );
}

function Shares({ of }: { readonly of: Figures["fairness"][number] }) {
  const { fairness: words, columns } = useFigureWords();
  const { format } = useLanguage();
  const { service, role, subjects } = of;
  const name = words.of(service.name, role);
  const most = Math.max(...subjects.map(({ offBy }) => Math.abs(offBy)));
  const isWeighed = subjects.some(({ weight }) => weight !== 1);
  const number = (value: number) => format.number(oneDigit(value));
  const signed = (value: number) => (oneDigit(value) > 0 ? `+${number(value)}` : number(value).replace("-", "−"));
  return (
    <>
      <p className={own.caption}>
        {name} <span>{words.even(number(most))}</span>
      </p>
      <div className={`${own.wide} ${own.narrow}`}>
        <table className={own.table} aria-label={name}>
          <thead>
            <tr>
              {[
                columns.name,
                words.offBy,
                words.owed,
                words.got,
                ...(isWeighed ? [words.weight] : []),
                words.balance,
              ].map((each) => (
                <th key={each} scope="col">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {subjects.map((each) => (
              <tr key={each.id}>
                <th scope="row">
                  {each.name} {each.isAway && <small>{words.away}</small>}
                </th>
                <td>
                  <span className={own.off} aria-hidden="true">
                    <i
                      data-side={each.offBy < 0 ? "less" : "more"}
                      style={{ inlineSize: `${half(each.offBy, most)}%` }}
                    />
                  </span>
                  <span className={own.value}>{signed(each.offBy)}</span>
                </td>
                <td>{number(each.owed)}</td>
                <td>{number(each.got)}</td>
                {isWeighed && <td>{number(each.weight)}</td>}
                <td>{signed(each.balance)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Of half a bar, in percent; the farthest off fills it, and less than one booking fills none of it wholly. */
const half = (value: number, most: number): number => (Math.abs(value) / Math.max(most, 1)) * 50;

const SCORES = [5, 4, 3, 2, 1];

/** What customers said: the mean, and how many said what. Of no answer nothing is drawn. */
export function AnswerBars({ rating }: { readonly rating: Tally["rating"] }) {
  const { answers: words } = useFigureWords();
  const { format } = useLanguage();
  const id = useId();
  return (
    <section className={own.card} aria-labelledby={id}>
      <h3 id={id}>{words.title}</h3>
      <p className={section.quiet}>
        {rating === null ? words.none : words.mean(format.number(oneDigit(rating.mean)), rating.count)}
      </p>
      {rating !== null && (
        <ul className={own.answers}>
          {SCORES.map((score) => {
            const count = rating.distribution[score - 1]!;
            return (
              <li key={score} aria-label={words.of(score, count)}>
                <span aria-hidden="true">{format.number(score)}</span>
                <span className={own.bar} aria-hidden="true">
                  <i style={{ inlineSize: `${(count / rating.count) * 100}%` }} />
                </span>
                <b aria-hidden="true">{format.number(count)}</b>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
