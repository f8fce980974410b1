import { useId, type ReactNode } from "react";
import { useLanguage } from "../messages/index.tsx";
import styles from "./door.module.css";

/** The card that stands before the rooms: sign-in and set-up. */
export function Door(props: { readonly title: string; readonly isOverPage?: boolean; readonly children: ReactNode }) {
  const { title, isOverPage = false, children } = props;
  const { words } = useLanguage();
  const id = useId();
  return (
    <main className={isOverPage ? `${styles.yard} ${styles.over}` : styles.yard}>
      <section className={styles.door} aria-labelledby={id}>
        <div className={styles.brand}>
          <span className={styles.mark} aria-hidden="true">
            <svg
              width="20"
              height="20"
              viewBox="0 0 20 20"
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              strokeLinecap="round"
            >
              <path d="M4 5h7M8 10h8M5 15h6" />
            </svg>
          </span>
          {words.product}
        </div>
        <h1 id={id}>{title}</h1>
        {children}
      </section>
    </main>
  );
}
